"""How Mallory's three requests are answered: True for the page, False for a redirect to the login."""

import secrets

from flask import Flask, redirect, session
from flask_login import LoginManager, UserMixin, fresh_login_required, login_required, login_user

ADAS = {"environ_base": {"REMOTE_ADDR": "203.0.113.5"}, "headers": {"User-Agent": "Ada's browser"}}


def pages():
    app = Flask(__name__)
    app.secret_key = secrets.token_hex()
    login_manager = LoginManager(app)
    user = UserMixin()
    user.id = "7"
    login_manager.user_loader({"7": user}.get)
    login_manager.session_protection = "strong"
    login_manager.login_view = login_manager.refresh_view = "login"

    @app.post("/login")
    def login():
        session.permanent = True
        login_user(user)
        return redirect("/feed")

    @app.get("/feed")
    @login_required
    def feed():
        return "feed"

    @app.get("/email")
    @fresh_login_required
    def email():
        return "the user's address"

    ada = app.test_client()
    ada.post("/login", **ADAS)
    assert ada.get("/email", **ADAS).status_code == 200
    cookie = {"Cookie": f"session={ada.get_cookie('session').value}"}
    mallory = app.test_client(use_cookies=False)
    own = cookie | {"User-Agent": "Mallory's browser"}
    disguised = cookie | ADAS["headers"] | {"X-Forwarded-For": "203.0.113.5"}
    requests = [("/feed", own), ("/email", own), ("/email", disguised)]
    address = {"REMOTE_ADDR": "198.51.100.66"}
    answers = [mallory.get(path, headers=headers, environ_base=address) for path, headers in requests]
    assert {answer.location.partition("?")[0] for answer in answers if answer.location} <= {"/login"}
    return [answer.status_code == 200 for answer in answers]


def thrown_out():
    return pages(), [False, False, False]


def strong_but_fooled():
    return pages(), [False, False, True]


def not_fresh():
    return pages(), [True, False, True]


def real_address():
    return pages(), [True, False, False]


def no_check():
    return pages(), [True, True, True]


def once():
    return pages()[1:], [False, False]
