"""What becomes of the two books: (exception, rows of the table book)."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column, relationship

SAME = [(1, 1), (2, 1)]


def outcome():
    db = SQLAlchemy()

    class Author(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        active: Mapped[bool]
        books: Mapped[list["Book"]] = relationship(cascade="all, delete-orphan")

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        author_id: Mapped[int | None] = mapped_column(ForeignKey("author.id"))

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add(Author(id=1, active=False, books=[Book(id=1), Book(id=2)]))
        db.session.commit()
    with app.app_context():
        loaded = db.session.get(Book, 1)
        raised = None
        try:
            db.session.execute(delete(Author).where(Author.active.is_(False)))
            db.session.commit()
        except SQLAlchemyError as error:
            db.session.rollback()
            raised = type(error).__name__
        assert loaded is not None
        rows = db.session.execute(select(Book.id, Book.author_id).order_by(Book.id))
        return raised, db.session.get(Author, 1) is None, [tuple(row) for row in rows]


def both_deleted():
    return outcome(), (None, True, [])


def loaded_deleted():
    return outcome(), (None, True, [(2, 1)])


def both_null():
    return outcome(), (None, True, [(1, None), (2, None)])


def refused():
    return outcome(), ("IntegrityError", False, SAME)


def both_dangling():
    return outcome(), (None, True, SAME)


def unsupported():
    raised, gone, rows = outcome()
    return (raised is not None, gone, rows), (True, False, SAME)
