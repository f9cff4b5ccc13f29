"""Whether exactly the orders of March are listed."""

from datetime import datetime, timedelta

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import and_, select
from sqlalchemy.orm import Mapped, mapped_column

ORDERS = {
    1: datetime(2026, 2, 28, 12),
    2: datetime(2026, 2, 28, 23, 59, 59, 999999),
    3: datetime(2026, 3, 1),
    4: datetime(2026, 3, 1, 0, 0, 0, 1),
    5: datetime(2026, 3, 31),
    6: datetime(2026, 3, 31, 15, 30),
    7: datetime(2026, 3, 31, 23, 59, 59, 500000),
    8: datetime(2026, 3, 31, 23, 59, 59, 999999),
    9: datetime(2026, 4, 1),
    10: datetime(2026, 4, 1, 8),
}
MARCH = [3, 4, 5, 6, 7, 8]


def listed(condition):
    db = SQLAlchemy()

    class Order(db.Model):
        number: Mapped[int] = mapped_column(primary_key=True)
        placed: Mapped[datetime]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add_all(Order(number=number, placed=placed) for number, placed in ORDERS.items())
        db.session.commit()

    @app.get("/orders")
    def orders():
        first = datetime.fromisoformat(request.args["first"])
        last = datetime.fromisoformat(request.args["last"])
        query = select(Order.number).where(condition(Order.placed, first, last)).order_by(Order.number)
        return db.session.scalars(query).all()

    return app.test_client().get("/orders?first=2026-03-01&last=2026-03-31").json


def half_open():
    return listed(lambda placed, first, last: and_(placed >= first, placed < last + timedelta(days=1))), MARCH


def between():
    return listed(lambda placed, first, last: placed.between(first, last)), MARCH


def closed():
    return listed(lambda placed, first, last: and_(placed >= first, placed <= last + timedelta(days=1))), MARCH


def last_second():
    return listed(lambda placed, first, last: placed.between(first, last.replace(hour=23, minute=59, second=59))), MARCH


def open_below():
    return listed(lambda placed, first, last: and_(placed > first, placed < last + timedelta(days=1))), MARCH


def day_before():
    return listed(lambda placed, first, last: and_(placed > first - timedelta(days=1), placed <= last)), MARCH
