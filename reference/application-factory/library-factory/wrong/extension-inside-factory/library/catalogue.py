"""The routes and the commands, recorded on a blueprint that each app registers."""

from typing import Any

import click
from flask import Blueprint, current_app, request

from . import models, tally

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
    oldest = models.db.select(models.Book).order_by(models.Book.id).limit(current_app.config["PAGE_SIZE"])
    return {"books": [book.as_json() for book in models.db.session.scalars(oldest)]}


@bp.post("/books")
def post_book() -> tuple[dict[str, Any], int]:
    return store(request.json["title"], request.json["author"]).as_json(), 201


@bp.get("/books/<int:book_id>")
def show_book(book_id: int) -> dict[str, Any]:
    return models.db.get_or_404(models.Book, book_id).as_json()


@bp.cli.command("add-book")
@click.argument("title")
@click.argument("author")
def add_book(title: str, author: str) -> None:
    """Store a book."""
    click.echo(f"Added book {store(title, author).id}")


@bp.cli.command("init-db")
def init_db() -> None:
    """Remove all the books."""
    models.db.drop_all()
    models.db.create_all()
    click.echo("The catalogue is empty.")


def store(title: str, author: str) -> Any:
    book = models.Book(title=title, author=author)
    models.db.session.add(book)
    models.db.session.commit()
    return book
