"""What the script prints, and how many rows are stored: pairs (observed, claimed)."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm.exc import DetachedInstanceError

CLAIMED = ("Emma", 1)


def outcome(finish, late=False):
    """`finish(session, book)` stands for the line with the commit and what is added to it."""
    db = SQLAlchemy()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()

    def create_book(title):
        with app.app_context():
            book = Book(title=title)
            db.session.add(book)
            finish(db.session, book)
            if not late:
                return book
        return book

    book = create_book("Emma")
    try:
        printed = book.title
    except DetachedInstanceError as error:
        printed = type(error)
    with app.app_context():
        return printed, db.session.scalar(select(func.count(Book.id)))


def expunge():
    return outcome(lambda session, book: (session.commit(), session.expunge(book))), CLAIMED


def flush_instead():
    return outcome(lambda session, book: session.flush()), CLAIMED


def return_later():
    return outcome(lambda session, book: session.commit(), late=True), CLAIMED


def refresh():
    return outcome(lambda session, book: (session.commit(), session.refresh(book))), CLAIMED


def flush_first():
    return outcome(lambda session, book: (session.flush(), session.commit())), CLAIMED


def merge():
    return outcome(lambda session, book: (session.commit(), session.merge(book))), CLAIMED
