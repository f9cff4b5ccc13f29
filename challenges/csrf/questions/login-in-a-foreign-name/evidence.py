"""With each change: (whose account Ada's browser is logged in to by the forged form, Ada's own login works)."""

import re
import secrets

from flask import Flask, abort, redirect, render_template_string, request, session
from flask_wtf import CSRFProtect
from itsdangerous import BadSignature, URLSafeSerializer

CLAIMED = (None, True)  # every option claims: nobody is logged in by the forged form, and Ada's own login works
SHOP = "https://shop.example"
PASSWORDS = {"ada": "a", "mallory": "m"}


def outcome(samesite="Lax", exempt=True, field="", first=lambda app: None, clear=True):
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=secrets.token_hex(),
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_SAMESITE=samesite,
    )
    csrf = CSRFProtect(app)
    app.jinja_env.globals["signed"] = lambda: URLSafeSerializer(app.secret_key).dumps("login")

    @app.get("/login")
    def page():
        return render_template_string(field)

    def login():
        if (answer := first(app)) is not None:
            return answer
        if PASSWORDS.get(request.form["name"]) != request.form["password"]:
            abort(401)
        if clear:
            session.clear()
        session["user_id"] = request.form["name"]
        return redirect("/")

    app.post("/login")(csrf.exempt(login) if exempt else login)

    def fields(browser):
        text = browser.get("/login", base_url=SHOP).text
        return dict(re.findall(r'name="([^"]+)" value="([^"]+)"', text))

    def logged_in(known, headers, visited):
        ada = app.test_client()
        own = fields(ada) if visited else {}
        if headers["Origin"] != SHOP:
            # A cross-site POST brings neither Lax nor Strict cookies, but a top-level answer may set them.
            ada = app.test_client()
        data = known if known is not None else own | {"name": "ada", "password": "a"}
        ada.post("/login", base_url=SHOP, data=data, headers=headers)
        with ada.session_transaction(base_url=SHOP) as stored:
            return stored.get("user_id")

    foreign = {"Origin": "https://evil.example", "Referer": "https://evil.example/"}
    forged = fields(app.test_client()) | {"name": "mallory", "password": "m"}
    attempts = {logged_in(forged, foreign, visited) for visited in (False, True)}
    assert len(attempts) == 1
    own = logged_in(None, {"Origin": SHOP, "Referer": SHOP + "/login"}, True)
    return attempts.pop(), own == "ada"


def strict():
    return outcome(samesite="Strict"), CLAIMED


def already_logged_in():
    return outcome(first=lambda app: redirect("/") if "user_id" in session else None), CLAIMED


def host_check():
    return outcome(first=lambda app: abort(400) if request.host != "shop.example" else None), CLAIMED


def signed_field():
    def check(app):
        try:
            URLSafeSerializer(app.secret_key).loads(request.form.get("signed", ""))
        except BadSignature:
            abort(400)

    return outcome(field='<input type="hidden" name="signed" value="{{ signed() }}">', first=check), CLAIMED


def checked_token():
    field = '<input type="hidden" name="csrf_token" value="{{ csrf_token() }}">'
    return outcome(field=field, exempt=False), CLAIMED


def keep_session():
    return outcome(clear=False), CLAIMED
