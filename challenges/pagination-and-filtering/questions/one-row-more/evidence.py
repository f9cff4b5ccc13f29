"""Which books a client never gets."""

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column


def lost():
    db = SQLAlchemy()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add_all(Book(id=n) for n in range(1, 10))
        db.session.commit()

    @app.get("/books")
    def books():
        after = request.args.get("after", 0, type=int)
        query = select(Book.id).where(Book.id > after).order_by(Book.id).limit(4)
        ids = db.session.scalars(query).all()
        has_more = len(ids) == 4
        return {"items": ids[:3], "next": ids[-1] if has_more else None}

    client, seen = app.test_client(), set()
    page = client.get("/books").json
    while True:
        seen.update(page["items"])
        if page["next"] is None:
            return sorted(set(range(1, 10)) - seen)
        page = client.get(f"/books?after={page['next']}").json


def four_and_eight():
    return lost(), [4, 8]


def none():
    return lost(), []


def three_and_six():
    return lost(), [3, 6]


def four():
    return lost(), [4]


def nine():
    return lost(), [9]


def four_and_seven():
    return lost(), [4, 7]
