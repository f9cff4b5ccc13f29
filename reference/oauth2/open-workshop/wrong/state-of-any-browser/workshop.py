"""The site of an open workshop. The code flow is written out, with requests."""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests
from flask import Blueprint, Flask, abort, current_app, jsonify, redirect, request, session, url_for
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from werkzeug.wrappers import Response

TIMEOUT = 5  # seconds

bp = Blueprint("workshop", __name__)


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Account(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str | None]
    email: Mapped[str | None]
    is_member: Mapped[bool] = mapped_column(default=False)


class Login(db.Model):
    """One that is under way."""

    state: Mapped[str] = mapped_column(primary_key=True)
    verifier: Mapped[str]
    redirect_uri: Mapped[str]
    next: Mapped[str]


class ProviderFailed(Exception):
    """The provider did not do its part."""


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    app = Flask(__name__)
    app.config.from_mapping(SQLALCHEMY_DATABASE_URI="sqlite:///workshop.db", MEMBERS=[])
    app.config.from_mapping(config or {})
    db.init_app(app)
    app.register_blueprint(bp)
    with app.app_context():
        db.create_all()
    return app


@bp.errorhandler(ProviderFailed)
def provider_failed(problem: ProviderFailed) -> tuple[Response, int]:
    return jsonify(error=str(problem)), 502


def object_in(response: requests.Response) -> dict[str, Any]:
    """The JSON object that the provider has answered with."""
    if response.status_code != 200:
        raise ProviderFailed(f"the provider answered with {response.status_code}")
    content = response.json()
    if not isinstance(content, dict):
        raise ProviderFailed("the provider answered with something else than an object")
    return content


def ask_provider(code: str, login: Login) -> dict[str, Any]:
    """Exchanges a code, and gives what the provider knows of the person who agreed."""
    base = current_app.config["PROVIDER_URL"]
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": login.redirect_uri,
        "code_verifier": login.verifier,
    }
    credentials = (current_app.config["CLIENT_ID"], current_app.config["CLIENT_SECRET"])
    try:
        token = object_in(requests.post(f"{base}/token", data=form, auth=credentials, timeout=TIMEOUT))
        if "access_token" not in token:
            raise ProviderFailed("the provider gave no token")
        bearer = {"Authorization": f"Bearer {token['access_token']}"}
        claims = object_in(requests.get(f"{base}/userinfo", headers=bearer, timeout=TIMEOUT))
    except requests.RequestException as problem:
        raise ProviderFailed("the provider did not answer") from problem
    if not claims.get("sub"):
        raise ProviderFailed("the provider did not say who it is")
    return claims


def account_for(claims: Mapping[str, Any]) -> Account:
    account = db.session.execute(db.select(Account).filter_by(subject=claims["sub"])).scalar_one_or_none()
    if account is None:
        account = Account(subject=claims["sub"])
        db.session.add(account)
    account.name = claims.get("name")
    account.email = claims.get("email")
    proven = claims.get("email_verified") is True
    account.is_member = proven and account.email in current_app.config["MEMBERS"]
    db.session.commit()
    return account


def inside(target: str) -> str:
    """``target`` where it is a plain path of this site, else the start page."""
    printable = all(" " < character != "\\" for character in target)
    if printable and target.startswith("/") and not target.startswith("//"):
        parts = urlsplit(target)
        if not parts.scheme and not parts.netloc:
            return target
    return url_for("workshop.start_page")


@bp.get("/")
def start_page() -> str:
    return "The open workshop: saws, lathes and a kiln."


@bp.get("/health")
def health() -> Response:
    return jsonify(status="ok")


@bp.get("/login")
def login() -> Response:
    state, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(48)
    digest = hashlib.sha256(verifier.encode()).digest()
    begun = Login(
        state=state,
        verifier=verifier,
        redirect_uri=url_for("workshop.callback", _external=True),
        next=inside(request.args.get("next", "/")),
    )
    db.session.add(begun)
    db.session.commit()
    query = {
        "response_type": "code",
        "client_id": current_app.config["CLIENT_ID"],
        "redirect_uri": begun.redirect_uri,
        "scope": "openid profile email",
        "state": state,
        "code_challenge": urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    return redirect(f"{current_app.config['PROVIDER_URL']}/authorize?{urlencode(query)}")


@bp.get("/callback")
def callback() -> Response:
    begun = db.session.get(Login, request.args.get("state", ""))
    if begun is None:
        abort(400)
    target = begun.next
    db.session.delete(begun)
    if request.args.get("error") == "access_denied":
        abort(403)
    if "error" in request.args:
        raise ProviderFailed(f"the provider said {request.args['error']}")
    claims = ask_provider(request.args.get("code", ""), begun)
    session["account_id"] = account_for(claims).id
    return redirect(target)


@bp.get("/me")
def me() -> Response:
    account = db.session.get(Account, session.get("account_id", -1))
    if account is None:
        abort(401)
    return jsonify(id=account.id, name=account.name, email=account.email, member=account.is_member)


@bp.post("/logout")
def logout() -> Response:
    session.clear()
    return redirect(url_for("workshop.start_page"))
