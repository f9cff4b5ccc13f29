"""With each design, after the page was used: (some worker serves the phone, both serve the laptop, both serve Ben)."""

import secrets
import sqlite3
from datetime import UTC, datetime, timedelta

import time_machine
from flask import Flask, abort, request, session

CLAIMED = (False, True, True)


class Design:
    """Hooks of a design; each worker makes one, with the database that they share."""

    config: dict = {}  # noqa: RUF012

    def __init__(self, app, database):
        self.app, self.database = app, database

    def at_login(self, user):
        pass

    def accepts(self, user):
        return True

    def end_phone(self, user):
        pass


def outcome(design):
    database = sqlite3.connect(":memory:")
    database.executescript("""
        CREATE TABLE user (name TEXT, number INTEGER DEFAULT 0);
        CREATE TABLE login (id TEXT, user TEXT, device TEXT);
        CREATE TABLE key (value TEXT);
        INSERT INTO user (name) VALUES ('ada'), ('ben');
    """)
    key = secrets.token_hex()
    database.execute("INSERT INTO key VALUES (?)", [key])

    def worker():
        app = Flask(__name__)
        app.config.update(SECRET_KEY=key, **design.config)
        chosen = design(app, database)

        @app.post("/login")
        def login():
            session.update(user=request.form["user"], device=request.form["device"])
            chosen.at_login(request.form["user"])
            return "", 204

        @app.get("/me")
        def me():
            if "user" not in session or not chosen.accepts(session["user"]):
                abort(401)
            return session["user"]

        @app.post("/end-phone")
        def end_phone():
            chosen.end_phone(session["user"])
            return "", 204

        def take_key():
            keys = [row[0] for row in database.execute("SELECT value FROM key ORDER BY rowid")]
            app.config.update(SECRET_KEY=keys[-1], SECRET_KEY_FALLBACKS=keys[:-1])

        def wsgi(environ, start_response, inner=app.wsgi_app):
            take_key()
            return inner(environ, start_response)

        app.wsgi_app = wsgi
        return app

    workers = [worker(), worker()]

    def ask(browser, path="/me", number=0, **arguments):
        browser.application = workers[number]
        method = browser.get if path == "/me" else browser.post
        return method(path, **arguments)

    browsers = {}
    with time_machine.travel(datetime(2026, 6, 1, tzinfo=UTC), tick=False) as clock:
        for user, device in (("ada", "phone"), ("ada", "laptop"), ("ben", "laptop")):
            browsers[user, device] = browser = workers[0].test_client()
            ask(browser, "/login", data={"user": user, "device": device})
            assert ask(browser, number=1).text == user
        ask(browsers["ada", "laptop"], "/end-phone")
        served = {name: [] for name in browsers}
        for _ in range(15):
            clock.shift(timedelta(minutes=1))
            for name, browser in browsers.items():
                served[name] += [ask(browser, number=number).status_code == 200 for number in (0, 1)]
    phone, laptop, ben = served.values()
    return any(phone), all(laptop), all(ben)


def number_of_the_user():
    class Number(Design):
        def number(self, user):
            return self.database.execute("SELECT number FROM user WHERE name = ?", [user]).fetchone()[0]

        def at_login(self, user):
            session["number"] = self.number(user)

        def accepts(self, user):
            return session["number"] == self.number(user)

        def end_phone(self, user):
            self.database.execute("UPDATE user SET number = number + 1 WHERE name = ?", [user])

    return outcome(Number), CLAIMED


class WithId(Design):
    def at_login(self, user):
        session["id"] = secrets.token_hex()
        row = [session["id"], user, session["device"]]
        self.database.execute("INSERT INTO login VALUES (?, ?, ?)", row)

    def phone(self, user):
        query = "SELECT id FROM login WHERE user = ? AND device = 'phone'"
        return self.database.execute(query, [user]).fetchone()[0]


def set_in_the_module():
    class InModule(WithId):
        def __init__(self, app, database):
            super().__init__(app, database)
            self.ended = set()

        def accepts(self, user):
            return session["id"] not in self.ended

        def end_phone(self, user):
            self.ended.add(self.phone(user))

    return outcome(InModule), CLAIMED


def cleared_session():
    class Cleared(Design):
        def end_phone(self, user):
            session["device"] = "phone"
            session.clear()

    return outcome(Cleared), CLAIMED


def row_per_login():
    class Row(WithId):
        def accepts(self, user):
            query = "SELECT 1 FROM login WHERE id = ? AND user = ?"
            return self.database.execute(query, [session["id"], user]).fetchone() is not None

        def end_phone(self, user):
            self.database.execute("DELETE FROM login WHERE id = ?", [self.phone(user)])

    return outcome(Row), CLAIMED


def short_lifetime():
    class Short(Design):
        config = {"PERMANENT_SESSION_LIFETIME": timedelta(minutes=5)}  # noqa: RUF012

        def at_login(self, user):
            session.permanent = True

    return outcome(Short), CLAIMED


def new_secret_key():
    class NewKey(Design):
        def end_phone(self, user):
            self.database.execute("INSERT INTO key VALUES (?)", [secrets.token_hex()])

    return outcome(NewKey), CLAIMED
