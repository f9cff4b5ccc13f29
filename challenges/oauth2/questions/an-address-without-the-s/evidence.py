"""The redirect URI that the provider gets after each change."""

import secrets
from urllib.parse import parse_qsl, urlsplit

from authlib.integrations.flask_client import OAuth
from flask import Flask, url_for
from werkzeug.middleware.proxy_fix import ProxyFix

RIGHT = "https://shop.example/callback"


def sent(config=None, wrap=None, external=True):
    app = Flask(__name__)
    app.config["SECRET_KEY"] = secrets.token_hex(32)
    app.config.update(config or {})
    oauth = OAuth(app)
    oauth.register("idp", client_id="shop", authorize_url="https://idp.example/authorize")

    @app.get("/login")
    def login():
        return oauth.idp.authorize_redirect(url_for("callback", _external=external))

    @app.get("/callback")
    def callback():
        return ""

    if wrap:
        app.wsgi_app = wrap(app.wsgi_app)
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}
    answer = app.test_client().get("/login", base_url="http://shop.example", headers=headers)
    return dict(parse_qsl(urlsplit(answer.location).query)).get("redirect_uri")


def preferred_scheme():
    return sent({"PREFERRED_URL_SCHEME": "https"}), RIGHT


def secure_cookie():
    return sent({"SESSION_COOKIE_SECURE": True}), RIGHT


def proxy_fix():
    return sent(wrap=lambda wsgi_app: ProxyFix(wsgi_app, x_proto=1)), RIGHT


def server_name():
    return sent({"SERVER_NAME": "shop.example"}), RIGHT


def relative():
    return sent(external=False), RIGHT


def application_root():
    return sent({"APPLICATION_ROOT": "https://shop.example"}), RIGHT
