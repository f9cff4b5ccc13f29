"""Whether the session's Set-Cookie header meets the rule of the prefix, as MDN gives it."""

import secrets

from flask import Flask, session


def stored(**config):
    app = Flask(__name__)
    app.config.update(SECRET_KEY=secrets.token_hex(), SESSION_COOKIE_NAME="__Host-session", **config)

    @app.post("/login")
    def login():
        session["user_id"] = 7
        return "", 204

    header = app.test_client().post("/login", base_url="https://shop.example").headers["Set-Cookie"]
    name_and_value, *attributes = header.split("; ")
    assert name_and_value.startswith("__Host-session=")
    names = {attribute.partition("=")[0] for attribute in attributes}
    return "Secure" in names and "Domain" not in names and "Path=/" in attributes


def own_domain():
    return stored(SESSION_COOKIE_SECURE=True, SESSION_COOKIE_DOMAIN="shop.example"), True


def http_only_strict():
    return stored(SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Strict"), True


def narrow_path():
    return stored(SESSION_COOKIE_SECURE=True, SESSION_COOKIE_PATH="/account"), True


def secure_and_lax():
    return stored(SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Lax"), True


def application_root():
    return stored(SESSION_COOKIE_SECURE=True, APPLICATION_ROOT="/shop"), True


def scheme():
    return stored(PREFERRED_URL_SCHEME="https", SESSION_COOKIE_PATH="/"), True
