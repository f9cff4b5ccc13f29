"""How the forged form with Mallory's token is answered: (status, reason or "changed")."""

import re
import secrets
from datetime import UTC, datetime, timedelta

import time_machine
from flask import Flask, render_template_string
from flask_wtf.csrf import CSRFError, CSRFProtect

SHOP = "https://shop.example"


def answered():
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=secrets.token_hex(),
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_SAMESITE="None",
    )
    CSRFProtect(app)

    @app.errorhandler(CSRFError)
    def refused(error):
        return error.description, 400

    @app.get("/email")
    def form():
        return render_template_string('<input type="hidden" name="csrf_token" value="{{ csrf_token() }}">')

    @app.post("/email")
    def change():
        return "changed"

    def token_for(client):
        return re.search(r'value="([^"]+)"', client.get("/email", base_url=SHOP).text)[1]

    ada, mallory = app.test_client(), app.test_client()
    with time_machine.travel(datetime(2026, 3, 2, 12, tzinfo=UTC), tick=False) as clock:
        own = {"csrf_token": token_for(ada), "email": "ada@mail.example"}
        accepted = ada.post("/email", base_url=SHOP, data=own, headers={"Referer": SHOP + "/email"})
        assert accepted.text == "changed"
        copied = token_for(mallory)
        clock.shift(timedelta(minutes=3))
        response = ada.post(
            "/email",
            base_url=SHOP,
            data={"email": "mallory@evil.example", "csrf_token": copied},
            headers={"Referer": "https://evil.example/", "Origin": "https://evil.example"},
        )
    return response.status_code, response.text


def accepted():
    return answered(), (200, "changed")


def session_token_missing():
    return answered(), (400, "The CSRF session token is missing.")


def expired():
    return answered(), (400, "The CSRF token has expired.")


def invalid():
    return answered(), (400, "The CSRF token is invalid.")


def referer():
    return answered(), (400, "The referrer does not match the host.")


def no_match():
    return answered(), (400, "The CSRF tokens do not match.")
