"""The routes."""

import secrets
from urllib.parse import urljoin, urlsplit

from authlib.integrations.requests_client import OAuth2Session
from flask import Blueprint, current_app, jsonify, make_response, redirect, request, url_for
from flask_login import current_user, login_user, logout_user

from .tables import Attempt, Person, database

routes = Blueprint("routes", __name__)
COOKIE = "workshop_browser"


def oauth_session(**more):
    settings = current_app.config
    return OAuth2Session(
        settings["CLIENT_ID"],
        settings["CLIENT_SECRET"],
        scope=["openid", "profile", "email"],
        token_endpoint_auth_method="client_secret_post",
        code_challenge_method="S256",
        **more,
    )


def endpoint(name):
    return f"{current_app.config['PROVIDER_URL']}/{name}"


def refuse(status, message):
    response = jsonify(message=message)
    response.status_code = status
    return response


def local(target):
    """Whether browsers stay on this host if they are sent to ``target``."""
    if target[:1] != "/" or any(ord(sign) < 33 for sign in target):
        return False
    here = urlsplit(request.host_url)
    there = urlsplit(urljoin(request.host_url, target.replace("\\", "/")))
    return (there.scheme, there.netloc) == (here.scheme, here.netloc) and target[1:2] not in ("/", "\\")


@routes.route("/")
def start_page():
    return "The open workshop: saws, lathes and a kiln."


@routes.route("/health")
def health():
    return jsonify(status="ok")


@routes.route("/login")
def login():
    browser = request.cookies.get(COOKIE) or secrets.token_hex(16)
    back = url_for("routes.callback", _external=True)
    verifier = secrets.token_hex(32)
    address, state = oauth_session(redirect_uri=back).create_authorization_url(
        endpoint("authorize"), code_verifier=verifier
    )
    target = request.args.get("next") or "/"
    attempt = Attempt(state=state, browser=browser, verifier=verifier, came_from=back)
    attempt.leads_to = target if local(target) else "/"
    database.session.add(attempt)
    database.session.commit()
    response = make_response(redirect(address))
    response.set_cookie(COOKIE, browser, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


@routes.route("/callback")
def callback():
    attempt = database.session.get(Attempt, request.args.get("state", ""))
    if attempt is None or not secrets.compare_digest(attempt.browser, request.cookies.get(COOKIE, "")):
        return refuse(400, "This login was not begun here.")
    verifier, back, target = attempt.verifier, attempt.came_from, attempt.leads_to
    database.session.delete(attempt)
    database.session.commit()
    error = request.args.get("error")
    if error == "access_denied":
        return refuse(403, "You have declined.")
    if error:
        return refuse(502, "The provider has given up.")
    try:
        claims = who(request.args.get("code"), verifier, back)
    except Exception:
        current_app.logger.exception("a login failed at the provider")
        return refuse(502, "The provider does not answer as it should.")
    person = Person.query.filter_by(sub=claims["sub"]).first() or Person(sub=claims["sub"])
    person.claims = {key: claims.get(key) for key in ("name", "email", "email_verified")}
    database.session.add(person)
    database.session.commit()
    login_user(person)
    return redirect(target)


def who(code, verifier, back):
    with oauth_session(redirect_uri=back) as oauth:
        oauth.fetch_token(endpoint("token"), grant_type="authorization_code", code=code, code_verifier=verifier)
        response = oauth.get(endpoint("userinfo"))
        response.raise_for_status()
        claims = response.json()
    if not isinstance(claims["sub"], str) or claims["sub"] == "":
        raise ValueError("sub is missing")
    return claims


@routes.route("/me")
def me():
    if not current_user.is_authenticated:
        return refuse(401, "Nobody is logged in.")
    return jsonify(current_user.view(current_app.config["MEMBERS"]))


@routes.route("/logout", methods=["POST"])
def logout():
    logout_user()
    return redirect("/")
