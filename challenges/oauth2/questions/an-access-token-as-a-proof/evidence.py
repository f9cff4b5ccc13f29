"""(The game's token for Ada is refused, Ada's and Ben's own tokens are taken) for each change."""

import json
from unittest import mock

from authlib.integrations.requests_client import OAuth2Session
from flask import Flask, request
from requests import Response, Session

# What the provider knows of the access tokens it has given: the user, and the client that it gave them to.
TOKENS = {"at-ada-shop": ("ada", "shop"), "at-ada-game": ("ada", "game"), "at-ben-shop": ("ben", "shop")}


def provider(session, sent, **options):
    """Answers /userinfo with the user of the token, and /introspect with all that is known of a token."""
    answer = Response()
    answer.request, answer.url, answer.status_code = sent, sent.url, 200
    answer.headers["Content-Type"] = "application/json"
    if sent.url.endswith("/userinfo"):
        user, _ = TOKENS[sent.headers["Authorization"].removeprefix("Bearer ")]
        answer._content = json.dumps({"sub": user}).encode()
    else:
        user, client = TOKENS[dict(pair.split("=") for pair in sent.body.split("&"))["token"]]
        answer._content = json.dumps({"active": True, "sub": user, "client_id": client}).encode()
    return answer


RIGHT = (True, True)


def outcome(refuses):
    """``refuses(claims, asked, body)``: ``asked`` is the introspection's answer, ``body`` what the caller sent."""
    app = Flask(__name__)

    @app.post("/login")
    def login():
        body = request.get_json()
        client = OAuth2Session(token={"access_token": body["token"], "token_type": "Bearer"})
        with mock.patch.object(Session, "send", provider):
            claims = client.get("https://idp.example/userinfo").json()
            asked = Session().post("https://idp.example/introspect", data={"token": body["token"]}).json()
        return ({}, 403) if refuses(claims, asked, body) else {"session": claims["sub"]}

    def status(token):
        return app.test_client().post("/login", json={"token": token, "client": "shop"}).status_code

    return status("at-ada-game") == 403, status("at-ada-shop") == status("at-ben-shop") == 200


def https():
    return outcome(lambda claims, asked, body: False), RIGHT


def client_in_body():
    return outcome(lambda claims, asked, body: body["client"] != "shop"), RIGHT


def userinfo_twice():
    return outcome(lambda claims, asked, body: claims["sub"] != asked["sub"]), RIGHT


def active():
    return outcome(lambda claims, asked, body: not asked["active"]), RIGHT


def client_id():
    return outcome(lambda claims, asked, body: asked["client_id"] != "shop"), RIGHT


def known_user():
    return outcome(lambda claims, asked, body: claims["sub"] not in ("ada", "ben")), RIGHT
