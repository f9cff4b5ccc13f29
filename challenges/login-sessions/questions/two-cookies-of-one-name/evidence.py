"""With each change: (logged out by the logout, logged in as 8 after that, the session goes to the API's host)."""

import secrets
from datetime import UTC, datetime, timedelta

import time_machine
from flask import Flask, make_response, redirect, session

CLAIMED = ("None", "8", True)
SHOP = "https://www.shop.example"
KEY = secrets.token_hex()


def make_app(delete_too=False, **config):
    app = Flask(__name__)
    app.config.update({"SECRET_KEY": KEY} | config)

    @app.post("/login/<int:user_id>")
    def login(user_id):
        session.permanent = True
        session["user_id"] = user_id
        return redirect("/")

    @app.post("/logout")
    def logout():
        session.clear()
        response = make_response(redirect("/"))
        if delete_too:
            response.delete_cookie("session", domain="shop.example")
        return response

    @app.get("/me")
    def me():
        return str(session.get("user_id"))

    return app


def outcome(**change):
    before, since = make_app(), make_app(SESSION_COOKIE_DOMAIN="shop.example")
    now = make_app(**{"SESSION_COOKIE_DOMAIN": "shop.example"} | change)
    with time_machine.travel(datetime(2026, 6, 1, tzinfo=UTC), tick=False) as clock:
        browser = before.test_client()
        browser.post("/login/7", base_url=SHOP)
        clock.shift(timedelta(days=1))
        browser.application = since
        browser.get("/me", base_url=SHOP)  # refreshed, for the domain
        with since.test_request_context("/", base_url=SHOP) as context:
            browser._add_cookies_to_wsgi(context.request.environ)
            assert context.request.headers["Cookie"].count("session=") == 2
        browser.post("/logout", base_url=SHOP)
        browser.post("/login/9", base_url=SHOP)
        assert browser.get("/me", base_url=SHOP).text == "7"  # the complaint
        clock.shift(timedelta(minutes=5))
        browser.application = now
        browser.post("/logout", base_url=SHOP)
        after_logout = browser.get("/me", base_url=SHOP).text
        browser.post("/login/8", base_url=SHOP)
        after_login = browser.get("/me", base_url=SHOP).text
        api = browser.get("/me", base_url="https://api.shop.example").text
    return after_logout, after_login, api == "8"


def leading_dot():
    return outcome(SESSION_COOKIE_DOMAIN=".shop.example"), CLAIMED


def new_key():
    return outcome(SECRET_KEY=secrets.token_hex()), CLAIMED


def new_name():
    return outcome(SESSION_COOKIE_NAME="shop_session"), CLAIMED


def short_lifetime():
    return outcome(PERMANENT_SESSION_LIFETIME=timedelta(minutes=1)), CLAIMED


def delete_by_hand():
    return outcome(delete_too=True), CLAIMED


def back_again():
    return outcome(SESSION_COOKIE_DOMAIN=None), CLAIMED
