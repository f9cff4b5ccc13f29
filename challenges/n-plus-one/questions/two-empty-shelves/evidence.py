"""How many statements the stem's loop sends: pairs (observed, claimed)."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, event, select
from sqlalchemy.orm import Mapped, mapped_column, relationship


def statements():
    db = SQLAlchemy()

    class Author(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]
        books: Mapped[list["Book"]] = relationship()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
        author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    sent = []
    with app.app_context():
        db.create_all()
        for books in (2, 0, 2, 0, 2):
            db.session.add(Author(name="author", books=[Book(title="book") for _ in range(books)]))
        db.session.commit()
        db.session.remove()
        event.listen(db.engine, "before_cursor_execute", lambda *call: sent.append(call[2]))
        shown = []
        for author in db.session.scalars(select(Author)).all():
            if author.books:
                shown.append((author.name, len(author.books), author.books[0].title))
        assert shown == [("author", 2, "book")] * 3
    return len(sent)


def books_included():
    return statements(), 1


def books_together():
    return statements(), 2


def with_books():
    return statements(), 4


def each_author():
    return statements(), 6


def each_book():
    return statements(), 10


def each_reading():
    return statements(), 12
