"""The routes, recorded on a blueprint that each app registers."""

from typing import Any

from flask import Blueprint, current_app, request

from . import tally
from .models import Book, db

bp = Blueprint("catalogue", __name__)


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


def store(title: str, author: str) -> Book:
    book = Book(title=title, author=author)
    db.session.add(book)
    db.session.commit()
    return book
