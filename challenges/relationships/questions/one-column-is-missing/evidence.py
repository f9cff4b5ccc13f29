"""Whether a shelf comes back with both of its books, or which exception stops it."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, Integer
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column, relationship

CLAIMED = 2  # every option claims that the shelf comes back with two books


def books_of_the_shelf(in_book=None, in_shelf=None, below=lambda db: None):
    db = SQLAlchemy()
    try:

        class Shelf(db.Model):
            id: Mapped[int] = mapped_column(primary_key=True)
            books: Mapped[list["Book"]] = relationship(back_populates="shelf")
            if in_shelf == "book_id":
                book_id: Mapped[int | None] = mapped_column(ForeignKey("book.id"))
            elif in_shelf == "book_ids":
                book_ids: Mapped[list[int]] = mapped_column(ForeignKey("book.id"))

        class Book(db.Model):
            id: Mapped[int] = mapped_column(primary_key=True)
            shelf: Mapped["Shelf | None"] = relationship(back_populates="books")
            if in_book == "table":
                shelf_id: Mapped[int | None] = mapped_column(ForeignKey("shelf.id"))
            elif in_book == "class":
                shelf_id: Mapped[int | None] = mapped_column(ForeignKey("Shelf.id"))
            elif in_book == "integer":
                shelf_id: Mapped[int | None] = mapped_column(Integer, index=True)

        below(db)
        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
        db.init_app(app)
        with app.app_context():
            db.create_all()
            db.session.add(Shelf(id=1, books=[Book(), Book()]))
            db.session.commit()
        with app.app_context():
            return len(db.session.get(Shelf, 1).books)
    except (SQLAlchemyError, AttributeError) as error:
        return type(error).__name__


def table_between(db):
    db.Table("shelf_book", db.Column("shelf_id", ForeignKey("shelf.id")), db.Column("book_id", ForeignKey("book.id")))


def key_in_shelf():
    return books_of_the_shelf(in_shelf="book_id"), CLAIMED


def no_foreign_key():
    return books_of_the_shelf(in_book="integer"), CLAIMED


def key_in_book():
    return books_of_the_shelf(in_book="table"), CLAIMED


def class_name():
    return books_of_the_shelf(in_book="class"), CLAIMED


def list_of_keys():
    return books_of_the_shelf(in_shelf="book_ids"), CLAIMED


def loose_table():
    return books_of_the_shelf(below=table_between), CLAIMED
