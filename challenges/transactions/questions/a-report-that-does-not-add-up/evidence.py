"""The total and the sum of the lines when another worker commits between the two queries: pairs (observed, claimed)."""

import sqlite3
import tempfile

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column

SAME_STATE = (3, 3)


def outcome(options):
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/entries.db"
        file = sqlite3.connect(path)
        assert file.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
        file.close()
        db = SQLAlchemy()

        class Entry(db.Model):
            id: Mapped[int] = mapped_column(primary_key=True)
            amount: Mapped[int]

        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{path}"
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
        db.init_app(app)

        def another_worker():
            other = sqlite3.connect(path, timeout=0)
            other.execute("INSERT INTO entry (amount) VALUES (40)")
            other.commit()
            other.close()

        @app.get("/report")
        def report():
            total = db.session.scalar(select(func.sum(Entry.amount)))
            another_worker()
            lines = db.session.scalars(select(Entry.amount)).all()
            return {"total": total, "lines": lines}

        with app.app_context():
            db.create_all()
            db.session.add_all([Entry(amount=1), Entry(amount=2)])
            db.session.commit()
        answer = app.test_client().get("/report").json
        with app.app_context():
            db.engine.dispose()
        return answer["total"], sum(answer["lines"])


def serializable():
    return outcome({"isolation_level": "SERIALIZABLE"}), SAME_STATE


def exclusive():
    return outcome({"connect_args": {"isolation_level": "EXCLUSIVE"}}), SAME_STATE


def one_connection():
    return outcome({"pool_size": 1, "max_overflow": 0}), SAME_STATE


def timeout():
    return outcome({"connect_args": {"timeout": 60}}), SAME_STATE


def autocommit():
    return outcome({"isolation_level": "AUTOCOMMIT"}), SAME_STATE


def no_autocommit():
    return outcome({"connect_args": {"autocommit": False}}), SAME_STATE
