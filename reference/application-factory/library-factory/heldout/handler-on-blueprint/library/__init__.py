"""A small library catalogue, made by a factory: every app has its own settings, database and count of requests."""

import os
import threading
from collections.abc import Mapping
from typing import Any

import click
from flask import Blueprint, Flask, current_app, request
from flask.cli import with_appcontext
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import delete, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

DEFAULTS = {"NAME": "Library", "PAGE_SIZE": 10}


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)
pages = Blueprint("library", __name__)


class Book(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author: Mapped[str]

    def as_dict(self) -> dict[str, Any]:
        return {"id": self.id, "title": self.title, "author": self.author}


class RequestCounter:
    """How many requests an app has answered."""

    def __init__(self) -> None:
        self.answered = 0
        self._lock = threading.Lock()

    def count(self) -> None:
        with self._lock:
            self.answered += 1


def add_book(title: str, author: str) -> Book:
    book = Book(title=title, author=author)
    db.session.add(book)
    db.session.commit()
    return book


@pages.get("/")
def index():
    return {
        "name": current_app.config["NAME"],
        "page_size": current_app.config["PAGE_SIZE"],
        "requests": current_app.extensions["request_counter"].answered,
    }


@pages.post("/books")
def post_book():
    data = request.get_json()
    return add_book(data["title"], data["author"]).as_dict(), 201


@pages.get("/books")
def list_books():
    books = db.session.scalars(select(Book).order_by(Book.id).limit(current_app.config["PAGE_SIZE"]))
    return {"books": [book.as_dict() for book in books]}


@pages.get("/books/<int(max=9223372036854775807):book_id>")  # what SQLite can hold
def show_book(book_id: int):
    return db.get_or_404(Book, book_id).as_dict()


@pages.errorhandler(404)
def not_found(error):
    return {"error": "not found", "library": current_app.config["NAME"]}, 404


@click.command("add-book")
@click.argument("title")
@click.argument("author")
@with_appcontext
def add_book_command(title: str, author: str) -> None:
    """Store a book."""
    click.echo(f"Added book {add_book(title, author).id}")


@click.command("init-db")
@with_appcontext
def init_db_command() -> None:
    """Remove all the books."""
    db.create_all()
    db.session.execute(delete(Book))
    db.session.commit()


def settings(config: Mapping[str, Any]) -> dict[str, Any]:
    """The defaults, overridden by the environment as it is now, overridden by ``config``."""
    values: dict[str, Any] = dict(DEFAULTS)
    for name in DEFAULTS:
        if (value := os.environ.get(f"LIBRARY_{name}")) is not None:
            values[name] = value
    values.update(config)
    values["PAGE_SIZE"] = int(values["PAGE_SIZE"])
    return values


def create_app(config: Mapping[str, Any]) -> Flask:
    app = Flask(__name__)
    app.config.from_mapping(settings(config))
    db.init_app(app)

    counter = app.extensions["request_counter"] = RequestCounter()

    @app.teardown_request
    def count(error: BaseException | None) -> None:
        counter.count()

    app.register_blueprint(pages)
    app.cli.add_command(add_book_command)
    app.cli.add_command(init_db_command)

    with app.app_context():
        db.create_all()
    return app
