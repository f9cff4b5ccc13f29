"""What /me answers after the login, with each option's change: (status, text)."""

import secrets

from flask import Flask, session
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user

CLAIMED = (200, "ada")


def me_answers(load=lambda users, user_id: users.get(user_id), before_login=lambda: None, protection="basic", **how):
    app = Flask(__name__)
    app.secret_key = secrets.token_hex()
    login_manager = LoginManager(app)
    login_manager.session_protection = protection

    class User(UserMixin):
        def __init__(self, number, name):
            self.id = number
            self.name = name

    users = {7: User(7, "ada"), 8: User(8, "ben")}

    @login_manager.user_loader
    def load_user(user_id):
        return load(users, user_id)

    @app.post("/login")
    def login():
        before_login()
        login_user(users[7], **how)
        return current_user.name

    @app.get("/me")
    @login_required
    def me():
        return current_user.name

    browser = app.test_client()
    assert browser.post("/login").text == "ada"
    response = browser.get("/me")
    return response.status_code, response.text if response.status_code == 200 else ""


def subscript():
    return me_answers(load=lambda users, user_id: users[user_id]), CLAIMED


def to_number():
    return me_answers(load=lambda users, user_id: users.get(int(user_id))), CLAIMED


def remember():
    return me_answers(remember=True), CLAIMED


def permanent():
    return me_answers(before_login=lambda: setattr(session, "permanent", True)), CLAIMED


def protection_off():
    return me_answers(protection=None), CLAIMED


def own_key():
    return me_answers(before_login=lambda: session.update(user_id=7)), CLAIMED
