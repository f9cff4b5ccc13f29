"""Who is logged in at both apps afterwards. Werkzeug's client is the browser: its jar goes by host, path and name."""

import secrets

from flask import Flask, redirect, request, session
from werkzeug.test import Client

CLAIMED = (7, 1)


def make_app(**config):
    app = Flask(__name__)
    app.config.update({"SECRET_KEY": secrets.token_hex()} | config)

    @app.post("/login")
    def login():
        session["user_id"] = int(request.form["user_id"])
        return redirect("/me")

    @app.get("/me")
    def me():
        return {"user_id": session.get("user_id")}

    return app


def logged_in(same_key=False, **config):
    shop = make_app()
    office = make_app(**({"SECRET_KEY": shop.secret_key} if same_key else {}), **config)
    apps = {"5000": shop, "5001": office}
    browser = Client(lambda environ, start_response: apps[environ["SERVER_PORT"]](environ, start_response))
    urls = ("http://localhost:5000", "http://localhost:5001")
    for url, user_id in zip(urls, (7, 1), strict=True):
        browser.post("/login", base_url=url, data={"user_id": user_id})
    return tuple(browser.get("/me", base_url=url).json["user_id"] for url in urls)


def same_key():
    return logged_in(same_key=True), CLAIMED


def domain_with_port():
    return logged_in(SESSION_COOKIE_DOMAIN="localhost:5001"), CLAIMED


def server_name():
    return logged_in(SERVER_NAME="localhost:5001"), CLAIMED


def path():
    return logged_in(SESSION_COOKIE_PATH="/office"), CLAIMED


def lifetime():
    return logged_in(SESSION_REFRESH_EACH_REQUEST=False), CLAIMED


def name():
    return logged_in(SESSION_COOKIE_NAME="office_session"), CLAIMED
