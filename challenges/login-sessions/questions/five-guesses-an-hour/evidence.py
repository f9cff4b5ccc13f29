"""With each place of the count: (guesses that were compared with Ada's password, Ben gets in)."""

import secrets
import sqlite3
from datetime import timedelta
from types import SimpleNamespace

from flask import Flask, abort, after_this_request, redirect, request, session
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.test import Client

CLAIMED = (5, True)
KEY = secrets.token_hex()
PASSWORDS = {"ada": "correct horse", "ben": "battery staple"}


class Table:
    """Counts in a database that all workers share."""

    def __init__(self, database, key):
        self.database, self.key = database, key
        database.execute("CREATE TABLE IF NOT EXISTS failure (who TEXT)")

    def failures(self, name):
        return self.database.execute("SELECT count(*) FROM failure WHERE who = ?", [self.key(name)]).fetchone()[0]

    def add_failure(self, name):
        self.database.execute("INSERT INTO failure VALUES (?)", [self.key(name)])


class Module:
    """Counts in a dictionary; each worker makes one of these."""

    def __init__(self, database):
        self.counts = {}

    def failures(self, name):
        return self.counts.get(name, 0)

    def add_failure(self, name):
        self.counts[name] = self.failures(name) + 1


class Session:
    def __init__(self, database):
        pass

    def failures(self, name):
        return session.get("failures", 0)

    def add_failure(self, name):
        session.permanent = True
        session["failures"] = self.failures(name) + 1


class SignedCookie:
    def __init__(self, database):
        self.serializer = URLSafeTimedSerializer(KEY, salt="failures")

    def counts(self):
        try:
            return self.serializer.loads(request.cookies.get("failures", ""), max_age=3600)
        except BadSignature:
            return {}

    def failures(self, name):
        return self.counts().get(name, 0)

    def add_failure(self, name):
        counts = self.counts() | {name: self.failures(name) + 1}

        @after_this_request
        def send(response):
            response.set_cookie("failures", self.serializer.dumps(counts))
            return response


def outcome(make_count):
    database = sqlite3.connect(":memory:")
    compared = []

    def worker():
        app = Flask(__name__)
        app.config.update(SECRET_KEY=KEY, PERMANENT_SESSION_LIFETIME=timedelta(hours=1))
        count = make_count(database)

        def user_with_password(name, password):
            compared.append(name)
            return SimpleNamespace(id=name) if PASSWORDS[name] == password else None

        @app.post("/login")
        def login():
            name = request.form["name"]
            if count.failures(name) >= 5:
                abort(429)
            user = user_with_password(name, request.form["password"])
            if user is None:
                count.add_failure(name)
                abort(401)
            session["user_id"] = user.id
            return redirect("/")

        return app

    workers = [worker(), worker()]

    def send(number, forwarded, address, data):
        """One request by way of nginx, which adds the address at the end."""
        headers = {"X-Forwarded-For": ", ".join([*forwarded, address])}
        client = Client(workers[number % 2], use_cookies=False)
        return client.post("/login", data=data, headers=headers, environ_base={"REMOTE_ADDR": "127.0.0.1"})

    for number in range(40):
        invented = f"203.0.113.{number}"
        send(number, [invented], "198.51.100.66", {"name": "ada", "password": f"guess {number}"})
    guesses = compared.count("ada")
    ben = send(0, [], "198.51.100.8", {"name": "ben", "password": PASSWORDS["ben"]})
    return guesses, ben.status_code == 302


def in_the_session():
    return outcome(Session), CLAIMED


def by_forwarded_address():
    return outcome(lambda database: Table(database, lambda name: request.access_route[0])), CLAIMED


def by_account():
    return outcome(lambda database: Table(database, lambda name: name)), CLAIMED


def by_remote_address():
    return outcome(lambda database: Table(database, lambda name: request.remote_addr)), CLAIMED


def in_the_module():
    return outcome(Module), CLAIMED


def in_a_signed_cookie():
    return outcome(SignedCookie), CLAIMED
