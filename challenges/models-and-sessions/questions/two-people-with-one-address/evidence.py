"""What comes of two requests that both look before either stores: (rows, sorted statuses).

Two apps stand for the two processes, each with an extension and a lock of its own. The request to the second runs
between the look and the storing of the first, which is one of the orders that the stem allows.
"""

import tempfile
import threading
from contextlib import nullcontext

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

CLAIMED = (1, [201, 409])


def make_process(path, between, unique, look, catch, for_update, locked, nested, merged):
    db = SQLAlchemy()
    lock = threading.Lock()

    class User(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        email: Mapped[str] = mapped_column(unique=unique)

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{path}/users.db"
    db.init_app(app)
    with app.app_context():
        db.create_all()

    def store(email):
        if look:
            query = select(User).filter_by(email=email)
            if db.session.scalar(query.with_for_update() if for_update else query):
                return "", 409
        between()
        with db.session.begin_nested() if nested else nullcontext():
            (db.session.merge if merged else db.session.add)(User(email=email))
        return None

    @app.post("/users")
    def register():
        with lock if locked else nullcontext():
            if answer := store(request.json["email"]):
                return answer
            try:
                db.session.commit()
            except IntegrityError:
                if not catch:
                    raise
                db.session.rollback()
                return "", 409
            return "", 201

    @app.get("/users")
    def count():
        return [db.session.scalar(select(func.count(User.id)))]

    return app.test_client()


def outcome(unique=False, look=True, catch=False, for_update=False, locked=False, nested=False, merged=False):
    options = (unique, look, catch, for_update, locked, nested, merged)
    statuses = []
    with tempfile.TemporaryDirectory() as path:

        def send(client):
            statuses.append(client.post("/users", json={"email": "ada@example.org"}).status_code)

        second = make_process(path, lambda: None, *options)
        first = make_process(path, lambda: send(second), *options)
        send(first)
        return first.get("/users").json[0], sorted(statuses)


def constraint_alone():
    return outcome(unique=True, look=False), CLAIMED


def constraint_and_catch():
    return outcome(unique=True, catch=True), CLAIMED


def for_update():
    return outcome(for_update=True), CLAIMED


def lock():
    return outcome(locked=True), CLAIMED


def savepoint():
    return outcome(nested=True), CLAIMED


def merge():
    return outcome(merged=True), CLAIMED
