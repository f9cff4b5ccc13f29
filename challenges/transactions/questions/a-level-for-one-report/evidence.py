"""The level at which the two queries of the view run, and that of the next request: pairs (observed, claimed).

SQLite stands for PostgreSQL, with two levels that it has: "SERIALIZABLE", its default, for the usual one, and "READ
UNCOMMITTED" for the one that the report asks for. How SQLAlchemy sets a level is the same for all databases.
"""

import tempfile
import warnings

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Mapped, mapped_column

LEVEL = {"isolation_level": "READ UNCOMMITTED"}
CLAIMED = (["READ UNCOMMITTED"] * 2, "SERIALIZABLE")


def outcome(lines):
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        db = SQLAlchemy()

        class Entry(db.Model):
            id: Mapped[int] = mapped_column(primary_key=True)
            year: Mapped[int]
            amount: Mapped[int]

        app = Flask(__name__)
        app.testing = True
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/entries.db"
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_size": 2, "max_overflow": 0}
        db.init_app(app)
        levels = []

        def level():
            return db.session.connection().get_isolation_level()

        @app.get("/report")
        def report():
            year = db.session.scalar(select(func.max(Entry.year)))
            lines(db, app)
            total = db.session.scalar(select(func.sum(Entry.amount)))
            levels.append(level())
            by_month = db.session.execute(select(Entry.amount).filter_by(year=year)).all()
            levels.append(level())
            return {"total": total, "by_month": [list(row) for row in by_month]}

        with app.app_context():
            db.create_all()
        try:
            app.test_client().get("/report")
        except InvalidRequestError as error:
            return type(error)
        with app.app_context():
            after = level()
            db.session.remove()
            db.engine.dispose()
        return levels, after


def connection_late():
    return outcome(lambda db, app: db.session.connection(execution_options=LEVEL)), CLAIMED


def another_connection():
    def lines(db, app):
        db.engine.connect().execution_options(**LEVEL).close()

    return outcome(lines), CLAIMED


def on_the_connection():
    return outcome(lambda db, app: db.session.connection().execution_options(**LEVEL)), CLAIMED


def nested():
    def lines(db, app):
        db.session.begin_nested()
        db.session.connection(execution_options=LEVEL)

    return outcome(lines), CLAIMED


def rollback_first():
    def lines(db, app):
        db.session.rollback()
        db.session.connection(execution_options=LEVEL)

    return outcome(lines), CLAIMED


def config():
    def lines(db, app):
        db.session.commit()
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = LEVEL

    return outcome(lines), CLAIMED
