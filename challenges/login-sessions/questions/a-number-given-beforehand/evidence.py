"""With each change: (Ada is logged in, Mallory's sid is)."""

import secrets
from types import SimpleNamespace

from flask import Flask, g, redirect, request
from itsdangerous import Signer

CLAIMED = (True, False)
SITE = "https://shop.example"


def logged_in(change):
    app = Flask(__name__)
    app.secret_key = secrets.token_hex()
    store = {}

    @app.before_request
    def open_session():
        g.sid = request.cookies.get("sid")
        if g.sid not in store:
            g.sid = secrets.token_urlsafe(32)
            store[g.sid] = {}
        g.data = store[g.sid]

    @app.after_request
    def send_cookie(response):
        response.set_cookie("sid", g.sid, secure=True, httponly=True, samesite="Lax")
        return response

    @app.post("/login")
    def login():
        change(app, store, SimpleNamespace(id=7))
        return redirect("/")

    @app.get("/")
    def home():
        return str(g.data.get("user_id"))

    library = app.test_client()
    library.get("/", base_url=SITE)
    noted = library.get_cookie("sid", "shop.example").value
    library.post("/login", base_url=SITE)
    answer = app.test_client(use_cookies=False).get("/", base_url=SITE, headers={"Cookie": f"sid={noted}"})
    return library.get("/", base_url=SITE).text == "7", answer.text == "7"


def clear():
    def change(app, store, user):
        g.data.clear()
        g.data["user_id"] = user.id

    return logged_in(change), CLAIMED


def fresh_dictionary():
    def change(app, store, user):
        store[g.sid] = {"user_id": user.id}

    return logged_in(change), CLAIMED


def second_id():
    def change(app, store, user):
        g.data["user_id"] = user.id
        g.sid = secrets.token_urlsafe(32)
        store[g.sid] = g.data

    return logged_in(change), CLAIMED


def signed_id():
    def change(app, store, user):
        g.data["user_id"] = user.id
        g.sid = Signer(app.secret_key).sign(g.sid).decode()
        store[g.sid] = g.data

    return logged_in(change), CLAIMED


def new_id():
    def change(app, store, user):
        g.sid = secrets.token_urlsafe(32)
        store[g.sid] = {"user_id": user.id}

    return logged_in(change), CLAIMED


def new_id_in_the_data():
    def change(app, store, user):
        g.data.update(user_id=user.id, sid=secrets.token_urlsafe(32))

    return logged_in(change), CLAIMED
