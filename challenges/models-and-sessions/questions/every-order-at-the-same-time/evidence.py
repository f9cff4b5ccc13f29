"""The times of two orders that are inserted an hour and two hours after the class was made."""

from datetime import UTC, datetime, timedelta

import time_machine
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

START = datetime(2025, 6, 1, 8, tzinfo=UTC)
TIMES = [START + timedelta(hours=1), START + timedelta(hours=2)]
CLAIMED = [moment.replace(tzinfo=None) for moment in TIMES]


def utc_now():
    return datetime.now(UTC)


def created(arguments):
    """The arguments are worked out while the class is made, as in the stem; SQLite gives naive times back."""
    db = SQLAlchemy()
    try:
        with time_machine.travel(START, tick=False):

            class Order(db.Model):
                id: Mapped[int] = mapped_column(primary_key=True)
                created: Mapped[datetime] = mapped_column(**arguments())

        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
        db.init_app(app)
        stored = []
        for moment in TIMES:
            with time_machine.travel(moment, tick=False), app.app_context():
                db.create_all()
                order = Order()
                db.session.add(order)
                db.session.commit()
                stored.append(order.created)
        return stored
    except Exception as error:
        return type(error)


def insert_default():
    return created(lambda: {"insert_default": utc_now()}), CLAIMED


def onupdate():
    return created(lambda: {"onupdate": utc_now}), CLAIMED


def function():
    return created(lambda: {"default": lambda: utc_now()}), CLAIMED


def called():
    return created(lambda: {"default": utc_now()}), CLAIMED


def factory():
    return created(lambda: {"default_factory": utc_now}), CLAIMED


def server():
    return created(lambda: {"server_default": utc_now()}), CLAIMED
