"""Which of the five are in the address."""

import json
import secrets
from unittest import mock
from urllib.parse import parse_qsl, urlencode, urlsplit

from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from flask import Flask, url_for
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


def make(provider, cache=None, key=None, callback=None, **options):
    """The app of the stem, whose requests to the provider arrive at ``provider``."""
    app = Flask(__name__)
    app.config["SECRET_KEY"] = key or secrets.token_hex(32)
    oauth = OAuth(app, cache=cache)
    oauth.register(
        "idp",
        client_id="shop",
        client_secret="the-secret",
        authorize_url="https://idp.example/authorize",
        access_token_url="https://idp.example/token",
        client_kwargs={"scope": "email", "code_challenge_method": "S256"},
        **options,
    )

    @app.get("/login")
    def login():
        return oauth.idp.authorize_redirect(url_for("callback", _external=True))

    def exchange():
        try:
            with mock.patch.object(Session, "send", lambda *args, **more: provider.send(*args, **more)):
                return {"in": bool(oauth.idp.authorize_access_token())}
        except OAuthError as error:
            return {"in": False, "error": error.error}

    app.add_url_rule("/callback", "callback", callback or exchange)
    return app


def sent():
    client = make(Provider()).test_client()
    query = dict(parse_qsl(urlsplit(client.get("/login").location).query))
    with client.session_transaction() as session:
        (kept,) = (entry["data"] for name, entry in session.items() if name.startswith("_state_idp_"))
    wanted = {
        "id": "shop",
        "secret": "the-secret",
        "state": query.get("state"),
        "verifier": kept["code_verifier"],
        "challenge": create_s256_code_challenge(kept["code_verifier"]),
    }
    return {name for name, value in wanted.items() if value in query.values()}


def with_secret():
    return sent(), {"id", "secret", "verifier"}


def with_verifier():
    return sent(), {"id", "secret", "verifier", "challenge"}


def no_pkce():
    return sent(), {"id", "state"}


def id_state_challenge():
    return sent(), {"id", "state", "challenge"}


def verifier_only():
    return sent(), {"id", "state", "verifier"}


def id_alone():
    return sent(), {"id"}
