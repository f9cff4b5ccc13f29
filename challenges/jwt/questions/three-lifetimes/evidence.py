"""The lifetimes of three tokens, in seconds, as the stem prints them."""

import secrets
from datetime import timedelta

from flask import Flask
from flask_jwt_extended import JWTManager, create_access_token, create_refresh_token, decode_token


def lifetimes():
    app = Flask(__name__)
    app.config["JWT_SECRET_KEY"] = secrets.token_hex(32)
    app.config["JWT_ACCESS_TOKEN_EXPIRES"] = timedelta(hours=1)
    JWTManager(app)
    printed = []
    with app.app_context():
        for token in (
            create_access_token("7"),
            create_access_token("7", expires_delta=timedelta(minutes=5)),
            create_refresh_token("7"),
        ):
            claims = decode_token(token)
            printed.append(claims["exp"] - claims["iat"])
    return printed


def setting_wins():
    return lifetimes(), [3600, 3600, 2592000]


def read_too_early():
    return lifetimes(), [900, 300, 2592000]


def setting_for_both():
    return lifetimes(), [3600, 300, 3600]


def in_minutes():
    return lifetimes(), [60, 5, 43200]


def argument_setting_default():
    return lifetimes(), [3600, 300, 2592000]


def deltas_add_up():
    return lifetimes(), [3600, 3900, 2592000]
