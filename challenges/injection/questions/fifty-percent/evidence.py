"""Which titles are found: pairs of lists."""

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

TITLES = ["Save 50% Today", "Fifty Days", "1500 Miles", "Room 50"]


def found():
    db = SQLAlchemy()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)

    @app.get("/search")
    def search():
        q = request.args["q"]
        query = select(Book.title).where(Book.title.contains(q)).order_by(Book.id)
        return db.session.scalars(query).all()

    with app.app_context():
        db.create_all()
        db.session.add_all(Book(id=number, title=title) for number, title in enumerate(TITLES))
        db.session.commit()
        return app.test_client().get("/search?q=50%25").json


def literal():
    return found(), TITLES[:1]


def at_the_end():
    return found(), [TITLES[0], TITLES[3]]


def wildcard():
    return found(), [TITLES[0], TITLES[2], TITLES[3]]


def one_more():
    return found(), [TITLES[0], TITLES[2]]


def every_title():
    return found(), TITLES


def no_title():
    return found(), []
