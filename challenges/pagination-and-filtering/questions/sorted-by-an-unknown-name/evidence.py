"""How the request is answered: the status, and with 200 the order of the titles."""

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column


def answer():
    db = SQLAlchemy()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
        price: Mapped[int]
        isbn: Mapped[str]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    app.logger.disabled = True
    with app.app_context():
        db.create_all()
        for title, price, isbn in (("A", 10, "3"), ("B", 20, "2"), ("C", 20, "1"), ("D", 20, "3")):
            db.session.add(Book(title=title, price=price, isbn=isbn))
        db.session.commit()
    SORTABLE = {"price": Book.price, "title": Book.title}

    @app.get("/books")
    def books():
        columns = []
        for name in request.args.get("sort", "title").split(","):
            column = SORTABLE[name.removeprefix("-")]
            columns.append(column.desc() if name.startswith("-") else column)
        query = select(Book.title).order_by(*columns, Book.id)
        return db.session.scalars(query).all()

    response = app.test_client().get("/books?sort=-price,isbn")
    return (200, "".join(response.json)) if response.status_code == 200 else response.status_code


def server_error():
    return answer(), 500


def bad_request():
    return answer(), 400


def skipped():
    return answer(), (200, "BCDA")


def sorted():
    return answer(), (200, "CBDA")


def not_found():
    return answer(), 404


def reversed():
    return answer(), (200, "DBCA")
