"""How the three requests for /me are answered: a name or a status."""

import secrets
from types import SimpleNamespace

from flask import Flask
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user


class User(UserMixin):
    def __init__(self, id, name):
        self.id = id
        self.name = name


def answers():
    app = Flask(__name__)
    app.secret_key = secrets.token_hex()
    login_manager = LoginManager(app)
    users = SimpleNamespace(ada=User("7", "ada"), ben=User("8", "ben"))
    by_id, by_api_key = {"7": users.ada, "8": users.ben}, {"bens-key": users.ben}

    @login_manager.user_loader
    def load_user(user_id):
        return by_id.get(user_id)

    @login_manager.request_loader
    def load_from_request(request):
        return by_api_key.get(request.headers.get("X-Api-Key"))

    @app.post("/login")
    def login():
        login_user(users.ada)
        return "", 204

    @app.get("/me")
    @login_required
    def me():
        return current_user.name

    client = app.test_client()
    key = {"X-Api-Key": "bens-key"}
    seen = [client.get("/me", headers=key), client.get("/me")]
    client.post("/login")
    seen.append(client.get("/me", headers=key))
    return [answer.text if answer.status_code == 200 else answer.status_code for answer in seen]


def session_first():
    return answers(), ["ben", 401, "ada"]


def key_first():
    return answers(), ["ben", 401, "ben"]


def key_logs_in():
    return answers(), ["ben", "ben", "ada"]


def key_logs_in_for_good():
    return answers(), ["ben", "ben", "ben"]


def conflict():
    return answers(), ["ben", 401, 401]


def key_needs_a_login():
    return answers(), [401, 401, "ada"]
