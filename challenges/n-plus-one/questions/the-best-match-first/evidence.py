"""The ids of `books`, and the statements sent: pairs (observed, claimed)."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event, select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Mapped, mapped_column

db = SQLAlchemy()
keys = [7, 3, 9]
CLAIMED = ([7, 3, 9], 1)


class Book(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)


query = select(Book).where(Book.id.in_(keys))


def outcome(read):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    sent = []
    with app.app_context():
        db.create_all()
        db.session.add_all(Book(id=n) for n in range(1, 13))
        db.session.commit()
        db.session.remove()
        event.listen(db.engine, "before_cursor_execute", lambda *call: sent.append(call[2]))
        try:
            return [book.id for book in read()], len(sent)
        except InvalidRequestError as error:
            return type(error)


def dictionary():
    def read():
        by_key = {book.id: book for book in db.session.scalars(query)}
        return list(map(by_key.get, keys))

    return outcome(read), CLAIMED


def get_in_a_loop():
    return outcome(lambda: [db.session.get(Book, key) for key in keys]), CLAIMED


def in_list():
    return outcome(lambda: list(db.session.scalars(query).unique())), CLAIMED


def select_in_a_loop():
    def read():
        books = []
        for key in keys:
            found = db.session.scalars(query.where(Book.id == key))
            books.append(found.one())
        return books

    return outcome(read), CLAIMED


def get_many():
    return outcome(lambda: db.session.get(Book, keys)), CLAIMED


def sorted_by_key():
    def read():
        found = db.session.scalars(query).unique()
        return sorted(found, key=lambda book: book.id)

    return outcome(read), CLAIMED
