"""Whether two users who log in at the same time each come back to their page."""

import json
import logging
import secrets
from unittest import mock
from urllib.parse import parse_qsl, urlencode, urlsplit

from authlib.integrations.flask_client import OAuth
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from flask import Flask, current_app, request, session, url_for
from requests import Response, Session


class Provider:
    """A provider in memory: it gives codes, and answers what the app's client sends to its token endpoint."""

    def __init__(self, **claims):
        self.codes, self.requests, self.claims = {}, [], claims

    def approve(self, location):
        """What happens in the browser between the login redirect and the callback; returns the callback's path."""
        query = dict(parse_qsl(urlsplit(location).query))
        code = secrets.token_hex(8)
        self.codes[code] = query
        return f"/callback?{urlencode({'code': code, 'state': query.get('state', '')})}"

    def send(self, session, request, **options):
        form = dict(parse_qsl(request.body or ""))
        self.requests.append((request, form))
        asked = self.codes.pop(form.get("code"), None)
        verifier = form.get("code_verifier", "")
        challenge = create_s256_code_challenge(verifier) if verifier else None
        good = asked is not None and asked.get("code_challenge") in (None, challenge)
        good = good and form.get("redirect_uri") == asked["redirect_uri"]
        body = {"access_token": "at-1", "token_type": "Bearer", **self.claims} if good else {"error": "invalid_grant"}
        answer = Response()
        answer.status_code = 200 if good else 400
        answer.headers["Content-Type"] = "application/json"
        answer._content = json.dumps(body).encode()
        answer.request, answer.url = request, request.url
        return answer


REGISTERED = "http://localhost/callback"


def works(login, read):
    """``login(oauth, page)`` gives the redirect, ``read(token)`` the page in the callback."""
    provider = Provider()
    app = Flask(__name__)
    app.config["SECRET_KEY"] = secrets.token_hex(32)
    oauth = OAuth(app)
    oauth.register(
        "idp",
        client_id="shop",
        client_secret="the-secret",
        authorize_url="https://idp.example/authorize",
        access_token_url="https://idp.example/token",
        client_kwargs={"scope": "email"},
    )

    @app.get("/login/<page>")
    def begin(page):
        return login(oauth, f"/{page}")

    @app.get("/callback")
    def callback():
        with mock.patch.object(Session, "send", lambda *args, **more: provider.send(*args, **more)):
            token = oauth.idp.authorize_access_token()
        return {"page": read(token)}

    users = {page: app.test_client() for page in ("cart", "books")}
    logging.disable()
    paths = {}
    for page, client in users.items():
        location = client.get(f"/login/{page}").location
        query = dict(parse_qsl(urlsplit(location).query))
        if query["redirect_uri"] != REGISTERED or query["scope"] != "email":
            return False
        paths[page] = provider.approve(location)
    answers = {page: client.get(paths[page]) for page, client in users.items()}
    return all(one.is_json and one.json["page"] == f"/{page}" for page, one in answers.items())


def query_argument():
    return works(
        lambda oauth, page: oauth.idp.authorize_redirect(url_for("callback", page=page, _external=True)),
        lambda token: request.args["page"],
    ), True


def path_argument():
    return works(
        lambda oauth, page: oauth.idp.authorize_redirect(url_for("callback", _external=True) + page),
        lambda token: request.path.removeprefix("/callback"),
    ), True


def in_the_session():
    def login(oauth, page):
        session["page"] = page
        return oauth.idp.authorize_redirect(url_for("callback", _external=True))

    return works(login, lambda token: session.pop("page")), True


def in_the_fragment():
    return works(
        lambda oauth, page: oauth.idp.authorize_redirect(url_for("callback", _anchor=page, _external=True)),
        lambda token: None,
    ), True


def in_a_global():
    def login(oauth, page):
        current_app.config["PAGE"] = page
        return oauth.idp.authorize_redirect(url_for("callback", _external=True))

    return works(login, lambda token: current_app.config.pop("PAGE")), True


def in_the_scope():
    return works(
        lambda oauth, page: oauth.idp.authorize_redirect(url_for("callback", _external=True), scope=f"email {page}"),
        lambda token: token.get("scope"),
    ), True
