"""Which of the four browsers get the page."""

import secrets

from flask import Flask, session
from flask_login import LoginManager, UserMixin, current_user, encode_cookie, login_required, login_user

LEAKED, NEW = secrets.token_hex(), secrets.token_hex()


class User(UserMixin):
    def __init__(self, id):
        self.id = id


USERS = {"7": User("7"), "8": User("8")}


def make_app(**keys):
    app = Flask(__name__)
    app.config.update(keys)
    LoginManager(app).user_loader(USERS.get)

    @app.post("/login/<user_id>")
    def login(user_id):
        login_user(USERS[user_id], remember=True)
        return "", 204

    @app.get("/page")
    @login_required
    def page():
        return current_user.id

    return app


def real(name, user_id):
    browser = make_app(SECRET_KEY=LEAKED).test_client()
    browser.post(f"/login/{user_id}")
    return f"{name}={browser.get_cookie(name).value}"


def forged_session():
    """Mallory's own app, with the key that she has read."""
    app = Flask("mallory")
    app.secret_key = LEAKED

    @app.get("/")
    def forge():
        session.update(_user_id="7", _fresh=True)
        return ""

    browser = app.test_client()
    browser.get("/")
    return f"session={browser.get_cookie('session').value}"


def served():
    app = make_app(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=[LEAKED])
    cookies = [
        real("session", "7"),
        real("remember_token", "8"),
        forged_session(),
        f"remember_token={encode_cookie('7', key=LEAKED)}",
    ]
    client = app.test_client(use_cookies=False)
    answers = [client.get("/page", headers={"Cookie": cookie}) for cookie in cookies]
    return {number for number, answer in enumerate(answers, 1) if answer.status_code == 200}


def everyone():
    return served(), {1, 2, 3, 4}


def sessions():
    return served(), {1, 3}


def real_ones():
    return served(), {1, 2}


def real_session():
    return served(), {1}


def remembered():
    return served(), {2, 4}


def sessions_and_ben():
    return served(), {1, 2, 3}
