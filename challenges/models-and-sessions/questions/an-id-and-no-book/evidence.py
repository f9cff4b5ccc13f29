"""The three answers: [status and body of the POST, titles seen by worker A, titles seen by worker B]."""

import tempfile

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column


def make_worker(path):
    db = SQLAlchemy()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{path}/books.db"
    db.init_app(app)
    with app.app_context():
        db.create_all()

    @app.post("/books")
    def add_book():
        book = Book(title=request.json["title"])
        db.session.add(book)
        db.session.flush()
        return {"id": book.id}, 201

    @app.get("/books")
    def list_books():
        return db.session.scalars(select(Book.title)).all()

    return app.test_client()


def answers():
    with tempfile.TemporaryDirectory() as path:
        worker_a, worker_b = make_worker(path), make_worker(path)
        posted = worker_a.post("/books", json={"title": "Emma"})
        return [
            posted.json["id"] if posted.status_code == 201 else posted.status_code,
            worker_a.get("/books").json,
            worker_b.get("/books").json,
        ]


def lost_everywhere():
    return answers(), [1, [], []]


def stored_everywhere():
    return answers(), [1, ["Emma"], ["Emma"]]


def stored_in_a():
    return answers(), [1, ["Emma"], []]


def no_id():
    return answers(), [None, [], []]


def committed_at_teardown():
    return answers(), [None, ["Emma"], ["Emma"]]


def refused():
    return answers(), [500, [], []]
