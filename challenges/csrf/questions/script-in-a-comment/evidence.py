"""Whether the script, adapted to each measure, changes Ada's address (claimed: it does not)."""

import re
import secrets

from flask import Flask, abort, render_template_string, request, session
from flask_wtf import CSRFProtect

SHOP = "https://shop.example"
PAGE = '<form method="post"><input type="hidden" name="csrf_token" value="{{ csrf_token() }}"></form>'
CHANGED = False  # every option claims that the address is not changed


def changed(config=None, check=lambda: None, after=lambda: None):
    app = Flask(__name__)
    app.config.update(SECRET_KEY=secrets.token_hex(), SESSION_COOKIE_SECURE=True, **(config or {}))
    CSRFProtect(app)
    addresses = {"ada": "ada@mail.example"}

    @app.get("/login")
    def login():
        session["user_id"] = "ada"
        return ""

    @app.get("/settings")
    def settings():
        return render_template_string(PAGE)

    @app.post("/settings")
    def change():
        check()
        addresses[session["user_id"]] = request.form["email"]
        after()
        return "changed"

    browser = app.test_client()
    browser.get("/login", base_url=SHOP)
    # Script in a page of the shop: same origin, so cookies go along whatever SameSite says.
    script = {"Referer": SHOP + "/products/7", "Sec-Fetch-Site": "same-origin"}
    page = browser.get("/settings", base_url=SHOP, headers=script).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    browser.post(
        "/settings",
        base_url=SHOP,
        data={"csrf_token": token, "email": "m@evil.example", "password": ""},
        headers=script | {"Origin": SHOP, "X-CSRFToken": token},
    )
    return addresses["ada"] == "m@evil.example"


def current_password():
    password = secrets.token_hex()
    return changed(check=lambda: request.form.get("password") == password or abort(403)), CHANGED


def one_time_tokens():
    return changed(after=lambda: session.pop("csrf_token")), CHANGED


def short_tokens():
    return changed({"WTF_CSRF_TIME_LIMIT": 10}), CHANGED


def strict_cookie():
    return changed({"SESSION_COOKIE_SAMESITE": "Strict", "SESSION_COOKIE_HTTPONLY": True}), CHANGED


def same_origin_header():
    return changed(check=lambda: request.headers.get("Sec-Fetch-Site") == "same-origin" or abort(403)), CHANGED


def header_token():
    return changed(check=lambda: request.headers.get("X-CSRFToken") or abort(403)), CHANGED
