"""How /me answers at B, at A, and at A after a restart; each is an import of the stem's module."""

import secrets

from flask import Flask, abort, redirect, request, session


def module():
    app = Flask(__name__)
    app.secret_key = secrets.token_hex()

    def checked_user_id(form):
        return int(form["user_id"])

    @app.post("/login")
    def login():
        session["user_id"] = checked_user_id(request.form)
        return redirect("/me")

    @app.get("/me")
    def me():
        if "user_id" not in session:
            abort(401)
        return {"user_id": session["user_id"]}

    return app


def statuses():
    a, b = module(), module()
    browser = a.test_client()
    browser.post("/login", data={"user_id": 7})
    seen = []
    for worker in (b, a, module()):
        browser.application = worker
        seen.append(browser.get("/me").status_code)
    return seen


def kept():
    return statuses(), [200, 200, 200]


def until_restart():
    return statuses(), [200, 200, 401]


def flickers():
    return statuses(), [401, 200, 401]


def signature_error():
    return statuses(), [400, 200, 400]


def overwritten():
    return statuses(), [401, 401, 401]


def worker_remembers():
    return statuses(), [401, 200, 200]
