"""The database: the extension object, not bound to any app, and the model that needs it."""

from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

db = SQLAlchemy()


class Book(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author: Mapped[str]

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "title": self.title, "author": self.author}
