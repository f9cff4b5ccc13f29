"""What a browser does with the answer: the logged address, or what keeps the script from it."""

from flask import Flask, abort, session
from flask_cors import CORS

ORIGIN = "https://evil.example"


def happens():
    app = Flask(__name__)
    app.config.update(SECRET_KEY="evidence", SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="None")
    try:
        CORS(app, supports_credentials=True)
    except ValueError:
        return "ValueError"

    @app.get("/me")
    def me():
        if "email" not in session:
            abort(401)
        return {"email": session["email"]}

    @app.get("/login")
    def login():
        session["email"] = "ada@mail.example"
        return ""

    browser = app.test_client()
    browser.get("/login", base_url="https://api.test")
    answer = browser.get("/me", base_url="https://api.test", headers={"Origin": ORIGIN})
    allowed = answer.headers.get("Access-Control-Allow-Origin")
    if allowed != ORIGIN or answer.headers.get("Access-Control-Allow-Credentials") != "true":
        return answer.status_code, allowed
    return answer.status_code, answer.json.get("email") if answer.is_json else None


def reads():
    return happens(), (200, "ada@mail.example")


def star_refused():
    return happens(), (200, "*")


def no_cookie():
    return happens(), (401, None)


def no_start():
    return happens(), "ValueError"


def no_header():
    return happens(), (200, None)


def refused():
    return happens(), (403, None)
