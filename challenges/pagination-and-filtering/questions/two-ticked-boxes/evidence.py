"""Which titles are listed for two ticked boxes, and for one."""

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

CLAIMED = (["A", "B"], ["B"])


def listed(condition):
    db = SQLAlchemy()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
        genre: Mapped[str]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        for title, genre in (("A", "crime"), ("B", "travel"), ("C", "poetry")):
            db.session.add(Book(title=title, genre=genre))
        db.session.commit()

    @app.get("/books")
    def books():
        query = select(Book.title).where(condition(Book)).order_by(Book.id)
        return db.session.scalars(query).all()

    client = app.test_client()
    return client.get("/books?genre=crime&genre=travel").json, client.get("/books?genre=travel").json


def getlist():
    return listed(lambda book: book.genre.in_(request.args.getlist("genre"))), CLAIMED


def get():
    return listed(lambda book: book.genre.in_(request.args.get("genre"))), CLAIMED


def type_list():
    return listed(lambda book: book.genre.in_(request.args.get("genre", type=list))), CLAIMED


def one_in_a_list():
    return listed(lambda book: book.genre.in_([request.args["genre"]])), CLAIMED


def split():
    return listed(lambda book: book.genre.in_(request.args["genre"].split(","))), CLAIMED


def brackets():
    return listed(lambda book: book.genre.in_(request.args.getlist("genre[]"))), CLAIMED
