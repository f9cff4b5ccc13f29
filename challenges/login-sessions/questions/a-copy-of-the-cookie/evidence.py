"""On which of the days 4, 6, 8, 10 March, 31 March, 3 April and 1 June the copy is answered by 200."""

import secrets
from datetime import UTC, datetime

import time_machine
from flask import Flask, abort, redirect, request, session

KEY = secrets.token_hex()
DAYS = [(3, 4), (3, 6), (3, 8), (3, 10), (3, 31), (4, 3), (6, 1)]


def make_app():
    app = Flask(__name__)
    app.secret_key = KEY

    def checked_user_id(form):
        return int(form["user_id"])

    @app.post("/login")
    def login():
        session["user_id"] = checked_user_id(request.form)
        return redirect("/me")

    @app.post("/logout")
    def logout():
        session.clear()
        return redirect("/")

    @app.get("/me")
    def me():
        if "user_id" not in session:
            abort(401)
        return {"user_id": session["user_id"]}

    return app


def good_days():
    """How many of the days the copy was good, one after the other from the first."""
    app = make_app()
    ada = app.test_client()
    with time_machine.travel(datetime(2026, 3, 1, tzinfo=UTC), tick=False) as clock:
        ada.post("/login", data={"user_id": 7})
        copy = {"Cookie": f"session={ada.get_cookie('session').value}"}
        events = {
            (3, 5): lambda: ada.post("/logout"),
            (3, 7): lambda: ada.post("/login", data={"user_id": 7}),
        }
        good = []
        for day in sorted([*DAYS, (3, 5), (3, 7), (3, 9)]):
            clock.move_to(datetime(2026, *day, tzinfo=UTC), tick=False)
            if day == (3, 9):
                app = make_app()  # the restart
            elif day in events:
                events[day]()
            else:
                good.append(app.test_client(use_cookies=False).get("/me", headers=copy).status_code == 200)
    return good


def until(month, day):
    return [(month, day) > each for each in DAYS]


def until_the_logout():
    return good_days(), until(3, 5)


def until_the_next_login():
    return good_days(), until(3, 7)


def until_the_restart():
    return good_days(), until(3, 9)


def age_of_the_signature():
    return good_days(), until(4, 1)


def since_the_logout():
    return good_days(), until(4, 5)


def for_ever():
    return good_days(), until(12, 31)
