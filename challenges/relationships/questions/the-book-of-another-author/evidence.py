"""What the three prints show."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship


def printed():
    db = SQLAlchemy()

    class Author(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]
        books: Mapped[list["Book"]] = relationship()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        author_id: Mapped[int | None] = mapped_column(ForeignKey("author.id"))
        author: Mapped["Author | None"] = relationship()

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        ann, ben, book = Author(id=1, name="Ann"), Author(id=2, name="Ben"), Book(id=1, author_id=1)
        db.session.add_all([ann, ben, book])
        db.session.commit()
        assert book.author is ann
        ben.books.append(book)
        shown = [book.author.name]
        db.session.flush()
        shown.append(book.author.name if book.author else None)
        db.session.commit()
        shown.append(book.author.name)
        return shown


def ben_at_once():
    return printed(), ["Ben", "Ben", "Ben"]


def ben_after_flush():
    return printed(), ["Ann", "Ben", "Ben"]


def ben_after_commit():
    return printed(), ["Ann", "Ann", "Ben"]


def ann_forever():
    return printed(), ["Ann", "Ann", "Ann"]


def none_between():
    return printed(), ["Ann", None, "Ben"]


def ben_then_ann():
    return printed(), ["Ben", "Ben", "Ann"]
