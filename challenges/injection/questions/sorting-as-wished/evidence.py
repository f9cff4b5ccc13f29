"""The order of the titles for each value of `sort`: pairs of such mappings."""

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import column as sql_column
from sqlalchemy import select, text
from sqlalchemy.orm import Mapped, mapped_column

BY_TITLE, BY_YEAR = ["A", "B", "C"], ["B", "C", "A"]
OTHERS = ["title", "cost", "COST", "", "e", "nothing", "metadata", "title DESC", "id); --"]
WISHED = dict.fromkeys(OTHERS, BY_TITLE) | {"year": BY_YEAR}


def sorted_by(order):
    db = SQLAlchemy()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
        year: Mapped[int]
        cost: Mapped[int]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)

    @app.get("/books")
    def books():
        sort = request.args.get("sort", "title")
        return db.session.scalars(select(Book.title).order_by(order(sort, Book))).all()

    @app.errorhandler(500)
    def failed(error):
        return ["failed"]

    with app.app_context():
        db.create_all()
        db.session.add_all(
            [
                Book(title="C", year=2, cost=2),
                Book(title="A", year=3, cost=3),
                Book(title="B", year=1, cost=1),
            ]
        )
        db.session.commit()
        app.logger.disabled = True
        client = app.test_client()
        return {sort: client.get("/books", query_string={"sort": sort}).json for sort in WISHED}


def column():
    return sorted_by(lambda sort, book: sql_column(sort if sort != "cost" else "title")), WISHED


def bound():
    return sorted_by(lambda sort, book: text(":sort").bindparams(sort=sort)), WISHED


def attribute():
    return sorted_by(lambda sort, book: getattr(book, sort, book.title)), WISHED


def identifier():
    return sorted_by(lambda sort, book: text(sort if sort.isidentifier() else "title")), WISHED


def listed_text():
    return sorted_by(lambda sort, book: text(sort if sort in "title, year" else "title")), WISHED


def dictionary():
    return sorted_by(lambda sort, book: {"year": book.year}.get(sort, book.title)), WISHED
