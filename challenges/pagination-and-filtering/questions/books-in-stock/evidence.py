"""Which of the five addresses list what they should."""

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

CLAIMED = [["A"], ["A"], ["A", "B"], ["A", "B"], ["A", "B"]]


def listed(convert):
    db = SQLAlchemy()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
        stock: Mapped[int]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add_all([Book(title="A", stock=3), Book(title="B", stock=0)])
        db.session.commit()

    @app.get("/books")
    def books():
        query = select(Book.title).order_by(Book.id)
        if request.args.get("in_stock", False, type=convert):
            query = query.where(Book.stock > 0)
        return db.session.scalars(query).all()

    client = app.test_client()
    queries = ("?in_stock=true", "?in_stock=1", "?in_stock=false", "?in_stock=0", "")
    return [client.get("/books" + query).json for query in queries]


def two_texts():
    return listed(lambda value: value in {"true", "1"}), CLAIMED


def plain_bool():
    return listed(bool), CLAIMED


def equals_true():
    return listed(lambda value: value == True), CLAIMED  # noqa: E712


def by_way_of_int():
    return listed(lambda value: bool(int(value))), CLAIMED


def stripped():
    return listed(lambda value: bool(value.strip())), CLAIMED


def not_empty_or_zero():
    return listed(lambda value: value not in {"", "0"}), CLAIMED
