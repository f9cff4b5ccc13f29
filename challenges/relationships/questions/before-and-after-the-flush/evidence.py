"""What the stem's two lines print."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship


def printed():
    db = SQLAlchemy()

    class Author(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        books: Mapped[list["Book"]] = relationship(back_populates="author")

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        author_id: Mapped[int | None] = mapped_column(ForeignKey("author.id"))
        author: Mapped["Author | None"] = relationship(back_populates="books")

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add(Author(id=7))
        db.session.commit()
        author = db.session.get(Author, 7)
        book = Book()
        author.books.append(book)
        before = (book.author is author, book.author_id)
        db.session.flush()
        return before, (book.author is author, book.author_id)


def nothing_until_commit():
    return printed(), ((False, None), (False, None))


def object_at_flush():
    return printed(), ((False, None), (True, 7))


def key_alone():
    return printed(), ((False, None), (False, 7))


def key_at_commit():
    return printed(), ((True, None), (True, None))


def object_first():
    return printed(), ((True, None), (True, 7))


def all_at_once():
    return printed(), ((True, 7), (True, 7))
