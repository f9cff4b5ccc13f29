"""How the two requests are answered, as pairs of JSON or exception."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm.exc import DetachedInstanceError

YES, NO = {"archived": True}, {"archived": False}


def answers():
    db = SQLAlchemy()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        archived: Mapped[bool]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    app.testing = True
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add(Book(id=1, archived=False))
        db.session.commit()

    def save():
        with app.app_context():
            db.session.commit()

    @app.post("/books/<int:book_id>/archive")
    def archive(book_id):
        book = db.get_or_404(Book, book_id)
        book.archived = True
        save()
        return {"archived": book.archived}

    @app.get("/books/<int:book_id>")
    def show(book_id):
        return {"archived": db.get_or_404(Book, book_id).archived}

    client = app.test_client()
    try:
        first = client.post("/books/1/archive").json
    except Exception as error:
        first = type(error)
    return first, client.get("/books/1").json


def stored():
    return answers(), (YES, YES)


def detached():
    return answers(), (DetachedInstanceError, NO)


def lost():
    return answers(), (YES, NO)


def context():
    return answers(), (RuntimeError, NO)


def reloaded():
    return answers(), (NO, NO)


def attached():
    return answers(), (InvalidRequestError, YES)
