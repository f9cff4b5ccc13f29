"""The answer and the rows in the two databases, at once and after one more request: pairs (observed, claimed).

Whichever COMMIT comes second meets a reader of that database, so that SQLite refuses it.
"""

import sqlite3
import tempfile

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, mapped_column


def outcome():
    with tempfile.TemporaryDirectory() as folder:
        db = SQLAlchemy()

        class Order(db.Model):
            id: Mapped[int] = mapped_column(primary_key=True)
            number: Mapped[int]

        class Visit(db.Model):
            __bind_key__ = "stats"
            id: Mapped[int] = mapped_column(primary_key=True)
            path: Mapped[str]

        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/main.db"
        options = {"connect_args": {"timeout": 0}}
        app.config["SQLALCHEMY_BINDS"] = {"stats": {"url": f"sqlite:///{folder}/stats.db", **options}}
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
        db.init_app(app)

        @app.post("/orders")
        def create_order():
            db.session.add(Order(number=request.json["number"]))
            db.session.add(Visit(path=request.path))
            try:
                db.session.commit()
            except OperationalError:
                db.session.rollback()
                return "", 503
            return "", 201

        commits, readers = [], []

        def watch(engine):
            def commit(connection):
                commits.append(engine.url.database)
                if len(commits) == 2:
                    reader = sqlite3.connect(engine.url.database)
                    reader.execute("BEGIN")
                    reader.execute("SELECT * FROM sqlite_master").fetchall()
                    readers.append(reader)

            event.listen(engine, "commit", commit)

        def rows():
            with app.app_context():
                counts = [db.session.scalar(select(func.count(model.id))) for model in (Order, Visit)]
                db.session.remove()
                return counts

        with app.app_context():
            db.create_all()
            for engine in db.engines.values():
                watch(engine)
        client = app.test_client()
        status = client.post("/orders", json={"number": 1}).status_code
        for reader in readers:
            reader.close()
        at_once = sorted(rows())
        assert client.post("/orders", json={"number": 2}).status_code == 201
        with app.app_context():
            later = sorted(rows())
            for engine in db.engines.values():
                engine.dispose()
        return status, at_once, later


def first_stays():
    return outcome(), (503, [0, 1], [1, 2])


def both_undone():
    return outcome(), (503, [0, 0], [1, 1])


def prepared():
    return outcome(), (503, [0, 0], [1, 1])


def logged():
    return outcome(), (201, [0, 1], [1, 2])


def repeated():
    return outcome(), (201, [1, 1], [2, 2])


def next_commit():
    return outcome(), (503, [0, 1], [2, 2])
