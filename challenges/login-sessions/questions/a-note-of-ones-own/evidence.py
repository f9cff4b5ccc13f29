"""The statuses for the owner, another user and a visitor, with each option's condition."""

import secrets
from types import SimpleNamespace

from flask import Flask, abort, g, session
from flask_login import LoginManager, UserMixin, current_user, login_user

CLAIMED = [200, 403, 403]


class User(UserMixin):
    def __init__(self, id):
        self.id = id


USERS = {"7": User("7"), "8": User("8")}
NOTES = {1: SimpleNamespace(owner=USERS["7"], text="milk, bread")}


def statuses(refuses):
    app = Flask(__name__)
    app.secret_key = secrets.token_hex()
    LoginManager(app).user_loader(USERS.get)

    @app.post("/login/<user_id>")
    def login(user_id):
        login_user(USERS[user_id])
        return "", 204

    @app.get("/notes/<int:number>")
    def note(number):
        note = NOTES[number]
        if refuses(note):
            abort(403)
        return note.text

    seen = []
    for user_id in ("7", "8", None):
        browser = app.test_client()
        if user_id:
            browser.post(f"/login/{user_id}")
        seen.append(browser.get("/notes/1").status_code)
    return seen


def unequal():
    return statuses(lambda note: note.owner != current_user), CLAIMED


def unequal_ids():
    return statuses(lambda note: note.owner.id != current_user.id), CLAIMED


def anonymous():
    return statuses(lambda note: note.owner.is_anonymous), CLAIMED


def no_instance():
    return statuses(lambda note: not isinstance(current_user, type(note.owner))), CLAIMED


def loaded_again():
    return statuses(lambda note: note.owner is not USERS.get(session.get("user_id"))), CLAIMED


def object_of_g():
    return statuses(lambda note: note.owner is not g.get("current_user")), CLAIMED
