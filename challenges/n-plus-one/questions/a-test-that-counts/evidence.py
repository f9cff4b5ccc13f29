"""How the test ends with the N+1 page and with the repaired one: pairs (observed, claimed)."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.record_queries import get_recorded_queries
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

CLAIMED = ("AssertionError", "passed")


def ends(extra=None, afterwards=None, inside=True):
    return tuple(one_test(options, extra or {}, afterwards or {}, inside) for options in (False, True))


def one_test(repaired, extra, afterwards, inside):
    db = SQLAlchemy()

    class Author(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        books: Mapped[list["Book"]] = relationship()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))

    def create_app(config):
        app = Flask(__name__)
        app.config.from_mapping(config)
        db.init_app(app)

        @app.get("/authors")
        def authors():
            options = [selectinload(Author.books)] if repaired else []
            return [len(author.books) for author in db.session.scalars(select(Author).options(*options))]

        return app

    app = create_app({"SQLALCHEMY_DATABASE_URI": "sqlite://", **extra})
    app.config.from_mapping(afterwards)
    with app.app_context():
        db.create_all()
        db.session.add_all(Author(books=[Book(), Book()]) for _ in range(20))
        db.session.commit()
    try:
        with app.test_client() as client:
            assert client.get("/authors").json == [2] * 20
            if inside:
                assert len(get_recorded_queries()) <= 3
        if not inside:
            assert len(get_recorded_queries()) <= 3
    except (AssertionError, RuntimeError) as error:
        return type(error).__name__
    return "passed"


def testing():
    return ends({"TESTING": True}), CLAIMED


def debug():
    return ends({"DEBUG": True}), CLAIMED


def echo():
    return ends({"SQLALCHEMY_ECHO": True}), CLAIMED


def set_afterwards():
    return ends(afterwards={"SQLALCHEMY_RECORD_QUERIES": True}), CLAIMED


def record_from_the_start():
    return ends({"SQLALCHEMY_RECORD_QUERIES": True}), CLAIMED


def outside_of_with():
    return ends(inside=False), CLAIMED
