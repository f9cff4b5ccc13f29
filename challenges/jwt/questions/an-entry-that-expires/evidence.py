"""Whether each value of ``seconds`` refuses both tokens to their end and forgets them then.

A stand-in of a few lines has Redis's part, since a real server's clock can't be moved.
"""

import secrets
import time
from datetime import UTC, datetime, timedelta

import time_machine
from flask import Flask
from flask_jwt_extended import (
    JWTManager,
    create_access_token,
    create_refresh_token,
    decode_token,
    get_jwt,
    get_jwt_identity,
    jwt_required,
)

START = datetime(2031, 5, 4, 12, tzinfo=UTC)
RIGHT = (True, True)


class Store:
    def __init__(self):
        self.until = {}

    def set(self, name, value, ex):
        self.until[name] = time.time() + ex

    def exists(self, name):
        return int(self.until.get(name, 0) > time.time())


def outcome(seconds):
    """Returns (each token is refused as long as it would be valid, no entry is left a second after that)."""
    refused, forgotten = [], []
    for make in (create_access_token, create_refresh_token):
        for age in (timedelta(seconds=10), timedelta(minutes=14)):
            one, other = life(make, age, seconds)
            refused.append(one)
            forgotten.append(other)
    return all(refused), all(forgotten)


def life(make, age, seconds):
    app = Flask(__name__)
    app.config["JWT_SECRET_KEY"] = secrets.token_hex(32)
    jwt = JWTManager(app)
    store = Store()

    @app.post("/logout")
    @jwt_required(verify_type=False)
    def logout():
        token = get_jwt()
        store.set(token["jti"], "", ex=seconds(token))
        return "", 204

    @jwt.token_in_blocklist_loader
    def is_revoked(header, payload):
        return bool(store.exists(payload["jti"]))

    @app.get("/any")
    @jwt_required(verify_type=False)
    def any_token():
        return {"id": get_jwt_identity()}

    with app.app_context(), time_machine.travel(START, tick=False):
        token = make("7")
        claims = decode_token(token)
    headers = {"Authorization": f"Bearer {token}"}
    client = app.test_client()
    with time_machine.travel(START + age, tick=False):
        assert client.get("/any", headers=headers).status_code == 200
        assert client.post("/logout", headers=headers).status_code == 204
    end = datetime.fromtimestamp(claims["exp"], UTC)
    moments = [START + age + (end - START - age) * part / 10 for part in range(10)] + [end - timedelta(seconds=1)]
    answers = set()
    for moment in moments:
        with time_machine.travel(moment, tick=False):
            answers.add(client.get("/any", headers=headers).status_code)
    with time_machine.travel(end + timedelta(seconds=1), tick=False):
        return answers == {401}, not store.exists(claims["jti"])


def access_lifetime():
    return outcome(lambda token: 15 * 60), RIGHT


def whole_lifetime():
    return outcome(lambda token: token["exp"] - token["iat"]), RIGHT


def rest():
    return outcome(lambda token: token["exp"] - int(time.time())), RIGHT


def exp_itself():
    return outcome(lambda token: token["exp"]), RIGHT


def age():
    return outcome(lambda token: int(time.time()) - token["iat"]), RIGHT


def longest():
    return outcome(lambda token: 30 * 24 * 3600), RIGHT
