"""How /feed and /email are answered to a browser that has kept the remember cookie alone."""

import secrets

from flask import Flask, redirect
from flask_login import LoginManager, UserMixin, fresh_login_required, login_required, login_user


class User(UserMixin):
    id = "7"


def answers():
    app = Flask(__name__)
    app.secret_key = secrets.token_hex()
    login_manager = LoginManager(app)
    login_manager.login_view = "login"
    login_manager.user_loader(lambda user_id: User() if user_id == "7" else None)

    @app.get("/login", endpoint="login")
    def page():
        return "name and password"

    @app.post("/login", endpoint="log_in")
    def login():
        login_user(User(), remember=True)
        return redirect("/feed")

    @app.get("/feed")
    @login_required
    def feed():
        return "feed"

    @app.get("/email")
    @fresh_login_required
    def email():
        return "your address"

    browser = app.test_client()
    browser.post("/login")
    assert browser.get("/email").status_code == 200
    assert browser.get_cookie("session").expires is None
    assert browser.get_cookie("remember_token").expires is not None
    browser.delete_cookie("session")
    return [(answer.status_code, answer.location) for answer in map(browser.get, ("/feed", "/email"))]


def both_shown():
    return [status for status, _ in answers()], [200, 200]


def login_view_for_both():
    return [status for status, _ in answers()], [302, 302]


def refused():
    return [status for status, _ in answers()], [200, 401]


def login_view_for_email():
    return [status for status, _ in answers()], [200, 302]


def forbidden():
    return [status for status, _ in answers()], [200, 403]


def fresh_after_feed():
    return [status for status, _ in answers()], [302, 401]
