"""What comes of a copy that turns up on day 35."""

import secrets
from datetime import UTC, datetime, timedelta

import time_machine
from flask import Flask
from flask_jwt_extended import (
    JWTManager,
    create_access_token,
    create_refresh_token,
    get_jwt_identity,
    jwt_required,
)

START = datetime(2031, 5, 4, 12, tzinfo=UTC)


def story():
    """Returns (the copy is taken, the copy is taken again, its holder is in on day 90, the phone's token is good)."""
    app = Flask(__name__)
    app.config["JWT_SECRET_KEY"] = secrets.token_hex(32)
    JWTManager(app)

    @app.post("/refresh")
    @jwt_required(refresh=True)
    def refresh():
        identity = get_jwt_identity()
        return {
            "access_token": create_access_token(identity),
            "refresh_token": create_refresh_token(identity),
        }

    client = app.test_client()

    def use(day, token):
        with time_machine.travel(START + timedelta(days=day, minutes=1), tick=False):
            return client.post("/refresh", headers={"Authorization": f"Bearer {token}"})

    with app.app_context(), time_machine.travel(START, tick=False):
        phone = create_refresh_token("7")
    phone = copy = use(10, phone).json["refresh_token"]
    for day in (20, 30):
        phone = use(day, phone).json["refresh_token"]
    first, second = use(35, copy), use(35, copy)
    later = first
    for day in (60, 85, 90):
        later = use(day, later.json.get("refresh_token"))
    answers = (first, second, later, use(36, phone))
    return tuple(answer.status_code == 200 for answer in answers)


def used_before():
    return story()[0], False


def login_too_old():
    return story()[0], False


def until_day_40():
    taken, _, in_on_day_90, _ = story()
    return (taken, in_on_day_90), (True, False)


def without_end():
    taken, _, in_on_day_90, _ = story()
    return (taken, in_on_day_90), (True, True)


def phone_is_out():
    taken, _, _, phone = story()
    return (taken, phone), (True, False)


def once():
    taken, again, _, _ = story()
    return (taken, again), (True, False)
