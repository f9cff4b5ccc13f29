"""Which batches are stored after the lines of the stem: pairs (observed, claimed)."""

import sqlite3
import tempfile

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column


def stored():
    with tempfile.TemporaryDirectory() as folder:
        db = SQLAlchemy()

        class Batch(db.Model):
            id: Mapped[int] = mapped_column(primary_key=True)
            name: Mapped[str]

        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/batches.db"
        db.init_app(app)

        @app.post("/")
        def view():
            with db.session.begin_nested():
                db.session.add(Batch(name="first"))

            db.session.add(Batch(name="second"))
            db.session.flush()

            with db.session.begin_nested():
                db.session.add(Batch(name="third"))

            db.session.rollback()
            return "", 204

        with app.app_context():
            db.create_all()
        assert app.test_client().post("/").status_code == 204
        with app.app_context():
            db.engine.dispose()
        other = sqlite3.connect(f"{folder}/batches.db")
        names = {name for (name,) in other.execute("SELECT name FROM batch")}
        other.close()
        return names


def none():
    return stored(), set()


def first_and_third():
    return stored(), {"first", "third"}


def first():
    return stored(), {"first"}


def first_and_second():
    return stored(), {"first", "second"}


def second():
    return stored(), {"second"}


def all_three():
    return stored(), {"first", "second", "third"}
