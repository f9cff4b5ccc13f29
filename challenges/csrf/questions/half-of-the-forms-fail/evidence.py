"""What is said to a form that one worker rendered and the other one gets, with each line in the app."""

import re
import secrets

from flask import Flask, render_template_string, session
from flask_wtf.csrf import CSRFError, CSRFProtect

CLAIMED = "The CSRF session token is missing."  # every option claims to explain this message
SHOP = "https://shop.example"


def said(config=None, before_post=lambda: None, policy=None, limit=False):
    """``config`` makes the configuration anew for each worker."""

    def worker():
        app = Flask(__name__)
        app.config["SECRET_KEY"] = "the same for all"
        app.config.update(config() if config else {})
        CSRFProtect(app)

        @app.errorhandler(CSRFError)
        def refused(error):
            return error.description, 400

        @app.get("/form")
        def form():
            return render_template_string('<input type="hidden" name="csrf_token" value="{{ csrf_token() }}">')

        @app.get("/other-page")
        def other_page():
            before_post()
            return ""

        @app.post("/form")
        def take():
            return "accepted"

        return app

    one, other = worker().test_client(), worker().test_client()
    page = one.get("/form", base_url=SHOP)
    token = re.search(r'value="([^"]+)"', page.text)[1]
    cookie = one.get_cookie("session", domain="shop.example")
    other.set_cookie("session", cookie.value, domain="shop.example")
    other.get("/other-page", base_url=SHOP)
    headers = {} if policy == "no-referrer" else {"Referer": SHOP + "/form"}
    return other.post("/form", base_url=SHOP, data={"csrf_token": token}, headers=headers).text


def csrf_key():
    return said(lambda: {"WTF_CSRF_SECRET_KEY": secrets.token_hex()}), CLAIMED


def session_key():
    return said(lambda: {"SECRET_KEY": secrets.token_hex()}), CLAIMED


def short_limit():
    import time_machine

    with time_machine.travel(0) as clock:
        return said(lambda: {"WTF_CSRF_TIME_LIMIT": 1}, before_post=lambda: clock.shift(30)), CLAIMED


def field_name():
    return said(lambda: {"WTF_CSRF_FIELD_NAME": "csrf"}), CLAIMED


def referrer_policy():
    return said(policy="no-referrer"), CLAIMED


def own_value():
    return said(before_post=lambda: session.update(csrf_token=secrets.token_hex())), CLAIMED
