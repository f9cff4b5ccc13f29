"""What comes of the loop: (lines printed, tags stored, exception that ended it)."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, PendingRollbackError
from sqlalchemy.orm import Mapped, mapped_column


def outcome():
    db = SQLAlchemy()

    class Tag(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str] = mapped_column(unique=True)

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    printed = 0
    ended_by = None
    with app.app_context():
        db.create_all()
        try:
            for name in ["red", "blue", "red", "green"]:
                db.session.add(Tag(name=name))
                try:
                    db.session.commit()
                except IntegrityError:
                    printed += 1
        except Exception as error:
            ended_by = type(error)
    with app.app_context():
        stored = set(db.session.scalars(select(Tag.name)))
    return printed, stored, ended_by


def heals():
    return outcome(), (1, {"red", "blue", "green"}, None)


def all_rolled_back():
    return outcome(), (1, set(), None)


def again_integrity():
    return outcome(), (2, {"red", "blue"}, None)


def next_request():
    """The command goes on after the loop, and fails at its end."""
    return outcome(), (1, {"red", "blue", "green"}, PendingRollbackError)


def add_raises():
    return outcome(), (0, {"red", "blue"}, IntegrityError)


def pending_rollback():
    return outcome(), (1, {"red", "blue"}, PendingRollbackError)
