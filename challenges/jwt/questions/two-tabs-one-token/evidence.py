"""Each change against both situations: (both tabs get a pair, a copy after an hour ends the login)."""

import secrets
from datetime import UTC, datetime, timedelta

import time_machine
from flask import Flask, abort
from flask_jwt_extended import JWTManager, create_refresh_token, get_jwt, jwt_required

START = datetime(2031, 5, 4, 12, tzinfo=UTC)
RIGHT = (True, True)


def server(refuses=lambda age, uses: True, ends=True, lifetime=timedelta(days=30)):
    """One login with its first refresh token; requests come one after the other, as a lock would have it."""
    app = Flask(__name__)
    app.config["JWT_SECRET_KEY"] = secrets.token_hex(32)
    app.config["JWT_REFRESH_TOKEN_EXPIRES"] = lifetime
    jwt = JWTManager(app)
    rows, ended = {}, set()

    def issue():
        token = create_refresh_token("7")
        return {"refresh_token": token}

    @jwt.token_in_blocklist_loader
    def is_over(header, payload):
        return "login" in ended

    @app.post("/refresh")
    @jwt_required(refresh=True)
    def refresh():
        row = rows.setdefault(get_jwt()["jti"], {"used_at": None, "uses": 0})
        now = datetime.now(UTC)
        row["uses"] += 1
        if row["used_at"] is not None and refuses(now - row["used_at"], row["uses"]):
            if ends:
                ended.add("login")
            abort(401)
        row["used_at"] = row["used_at"] or now
        return issue()

    client = app.test_client()

    def use(seconds, token):
        with time_machine.travel(START + timedelta(seconds=seconds), tick=False):
            return client.post("/refresh", headers={"Authorization": f"Bearer {token}"})

    with app.app_context(), time_machine.travel(START, tick=False):
        return use, create_refresh_token("7")


def outcome(pause=3600, **change):
    use, token = server(**change)
    first, second = use(pause, token), use(pause + 1, token)
    tabs = all(
        answer.status_code == 200 and use(pause + 60, answer.json["refresh_token"]).status_code == 200
        for answer in (first, second)
    )
    use, token = server(**change)
    owner = use(pause, token)
    use(pause + 3600, token)
    if owner.status_code != 200:
        return tabs, False
    return tabs, use(pause + 3660, owner.json["refresh_token"]).status_code == 401


def lock_the_row():
    return outcome(), RIGHT


def refuse_only():
    return outcome(ends=False), RIGHT


def grace():
    return outcome(refuses=lambda age, uses: age >= timedelta(seconds=10)), RIGHT


def end_after_two():
    return outcome(refuses=lambda age, uses: uses > 2), RIGHT


def shorter_lifetime():
    return outcome(lifetime=timedelta(minutes=15, seconds=10)), RIGHT


def mark_later():
    return outcome(), RIGHT
