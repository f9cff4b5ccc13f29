"""The database and its model. They need the app, so the factory makes them by `make`."""

from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

db: SQLAlchemy
Book: Any


def make(app: Flask) -> None:
    global db, Book
    db = SQLAlchemy(app)

    class _Book(db.Model):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
        author: Mapped[str]

        def as_json(self) -> dict[str, Any]:
            return {"id": self.id, "title": self.title, "author": self.author}

    Book = _Book
