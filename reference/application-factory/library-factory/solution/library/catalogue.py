"""The routes and the commands, recorded on a blueprint that each app registers."""

from typing import Any

import click
from flask import Blueprint, current_app, request

from . import tally
from .models import Book, db

bp = Blueprint("catalogue", __name__, cli_group=None)  # commands without a group: `flask add-book`


@bp.get("/")
def index() -> dict[str, Any]:
    return {
        "name": current_app.config["NAME"],
        "page_size": current_app.config["PAGE_SIZE"],
        "requests": tally.requests(),
    }


@bp.get("/books")
def list_books() -> dict[str, Any]:
    oldest = db.select(Book).order_by(Book.id).limit(current_app.config["PAGE_SIZE"])
    return {"books": [book.as_json() for book in db.session.scalars(oldest)]}


@bp.post("/books")
def post_book() -> tuple[dict[str, Any], int]:
    return store(request.json["title"], request.json["author"]).as_json(), 201


@bp.get("/books/<int:book_id>")
def show_book(book_id: int) -> dict[str, Any]:
    return db.get_or_404(Book, book_id).as_json()


@bp.cli.command("add-book")
@click.argument("title")
@click.argument("author")
def add_book(title: str, author: str) -> None:
    """Store a book."""
    click.echo(f"Added book {store(title, author).id}")


@bp.cli.command("init-db")
def init_db() -> None:
    """Remove all the books."""
    db.drop_all()
    db.create_all()
    click.echo("The catalogue is empty.")


def store(title: str, author: str) -> Book:
    book = Book(title=title, author=author)
    db.session.add(book)
    db.session.commit()
    return book
