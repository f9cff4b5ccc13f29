"""What the row says after the request: (title, price), or the step that raised and its exception."""

import pickle
import sys
import types

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm.exc import StaleDataError


def row():
    db = SQLAlchemy()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
        price: Mapped[int]

    # pickle finds a class by its module and name
    models = types.ModuleType("models_of_the_stem")
    models.Book = Book
    Book.__module__, Book.__qualname__ = models.__name__, "Book"
    sys.modules[models.__name__] = models

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add(Book(id=1, title="Emma", price=10))
        db.session.commit()
    with app.app_context():
        cached = pickle.dumps(db.session.get(Book, 1))
    with app.app_context():
        db.session.get(Book, 1).price = 12
        db.session.commit()
    with app.test_request_context():
        step = "merge"
        try:
            book = pickle.loads(cached)
            db.session.merge(book)
            book.title = "Persuasion"
            step = "commit"
            db.session.commit()
        except Exception as error:
            return step, type(error)
    with app.app_context():
        book = db.session.get(Book, 1)
        return book.title, book.price


def title_and_price():
    return row(), ("Persuasion", 10)


def title_alone():
    return row(), ("Persuasion", 12)


def price_alone():
    return row(), ("Emma", 10)


def nothing():
    return row(), ("Emma", 12)


def merge_raises():
    return row(), ("merge", InvalidRequestError)


def commit_raises():
    return row(), ("commit", StaleDataError)
