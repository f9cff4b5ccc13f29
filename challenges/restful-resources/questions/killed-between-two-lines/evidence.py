"""How many transfers there are, wherever the worker was killed: pairs (observed, claimed)."""

import tempfile

from flask import Flask, after_this_request, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column

CLAIMED = {1}  # one transfer, wherever the worker was killed


class Killed(BaseException):
    pass


def observed(view):
    """``view(tools)`` is the body of the view; ``tools.line()`` stands between its lines."""
    counts = set()
    for last in range(12):
        counts.add(killed_after(last, view))
    return counts


def killed_after(last, view):
    app, db = Flask(__name__), SQLAlchemy()
    app.config.update(TESTING=True)

    class Transfer(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)

    class Key(db.Model):
        name: Mapped[str] = mapped_column(primary_key=True)

    class Tools:
        session, memory, redis, left = db.session, set(), set(), last

        def line(self):
            """The end of a line of the view: here the worker may be killed."""
            if self.left == 0:
                raise Killed
            self.left -= 1

        def known(self, key):
            return db.session.get(Key, key) is not None

        def remember(self, key):
            db.session.add(Key(name=key))

        def book(self, data):
            db.session.add(Transfer())

        def claim(self, key):
            """SET NX in Redis, which survives the worker."""
            fresh = key not in self.redis
            self.redis.add(key)
            return fresh

    tools = Tools()

    @app.post("/transfers")
    def transfer():
        view(tools, request.headers["Idempotency-Key"], request.get_json())
        tools.line()
        return {}, 201

    with tempfile.TemporaryDirectory() as folder:
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/bank.db"
        db.init_app(app)
        with app.app_context():
            db.create_all()
        client = app.test_client()
        send = {"json": {"amount": 5}, "headers": {"Idempotency-Key": "k1"}}
        try:
            client.post("/transfers", **send)
        except Killed:  # nobody got an answer: the memory is gone, and the client repeats
            tools.memory.clear()
            tools.left = -1
            client.post("/transfers", **send)
        with app.app_context():
            count = db.session.scalar(select(func.count()).select_from(Transfer))
            db.engine.dispose()
    return count


def one_commit():
    def view(tools, key, data):
        if not tools.known(key):
            tools.line()
            tools.remember(key)
            tools.line()
            tools.book(data)
            tools.line()
            tools.session.commit()

    return observed(view), CLAIMED


def key_first():
    def view(tools, key, data):
        if not tools.known(key):
            tools.line()
            tools.remember(key)
            tools.line()
            tools.session.commit()
            tools.line()
            tools.book(data)
            tools.line()
            tools.session.commit()

    return observed(view), CLAIMED


def key_last():
    def view(tools, key, data):
        if not tools.known(key):
            tools.line()
            tools.book(data)
            tools.line()
            tools.session.commit()
            tools.line()
            tools.remember(key)
            tools.line()
            tools.session.commit()

    return observed(view), CLAIMED


def after_the_view():
    def view(tools, key, data):
        if not tools.known(key):
            tools.line()
            after_this_request(keep(tools, key))
            tools.line()
            tools.book(data)
            tools.line()
            tools.session.commit()

    def keep(tools, key):
        def function(response):
            tools.line()
            tools.remember(key)
            tools.session.commit()
            return response

        return function

    return observed(view), CLAIMED


def in_memory():
    def view(tools, key, data):
        if key not in tools.memory:
            tools.line()
            tools.memory.add(key)
            tools.line()
            tools.book(data)
            tools.line()
            tools.session.commit()

    return observed(view), CLAIMED


def claimed_in_redis():
    def view(tools, key, data):
        if tools.claim(key):
            tools.line()
            tools.book(data)
            tools.line()
            tools.session.commit()

    return observed(view), CLAIMED
