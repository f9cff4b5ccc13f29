"""How many readings each request gets."""

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import insert, select
from sqlalchemy.orm import Mapped, mapped_column


def received(limit):
    db = SQLAlchemy()

    class Reading(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        value: Mapped[int]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.execute(insert(Reading), [{"value": n} for n in range(5000)])
        db.session.commit()

    @app.get("/readings")
    def readings():
        limit = request.args.get("limit", 20, type=int)
        query = select(Reading.value).order_by(Reading.id).limit(limit)
        return db.session.scalars(query).all()

    return len(app.test_client().get(f"/readings?limit={limit}").json)


def minus_one():
    return received("-1"), 5000


def word():
    return received("all"), 5000


def empty():
    return received(""), 5000


def zero():
    return received("0"), 5000


def scientific():
    return received("5e3"), 5000


def separator():
    return received("5,000"), 5000
