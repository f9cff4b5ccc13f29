"""What the bank does with the request that the browser sends: pairs of (status, transfers made)."""

import secrets

from flask import Flask, abort, request, session


def forged():
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=secrets.token_hex(),
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_SAMESITE="None",
    )
    transfers = []

    def send_money(sender, to, amount):
        transfers.append((sender, to, amount))

    @app.post("/transfer")
    def transfer():
        if "user_id" not in session:
            abort(401)
        send_money(session["user_id"], request.form["to"], request.form["amount"])
        return "done"

    @app.post("/login")
    def login():
        session["user_id"] = "ada"
        return "welcome"

    browser = app.test_client()
    cookie = browser.post("/login", base_url="https://bank.example").headers["Set-Cookie"]
    # A cookie with these attributes is sent to its site from every page, and a form without a preflight.
    sends_cookie = "SameSite=None" in cookie and "Secure" in cookie
    browser = browser if sends_cookie else app.test_client()
    response = browser.post(
        "/transfer",
        base_url="https://bank.example",
        data={"to": "mallory", "amount": "500"},
        headers={"Origin": "https://prizes.example", "Referer": "https://prizes.example/"},
    )
    return response.status_code, transfers


MADE = [("ada", "mallory", "500")]


def not_logged_in():
    return forged(), (401, [])


def money_is_sent():
    return forged(), (200, MADE)


def preflight_fails():
    return forged(), (None, [])


def origin_refused():
    return forged(), (403, [])


def session_per_tab():
    return forged(), (401, [])


def bad_request():
    return forged(), (400, [])
