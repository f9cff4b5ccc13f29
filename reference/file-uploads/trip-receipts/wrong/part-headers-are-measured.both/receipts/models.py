"""What is known of a receipt. Its content is a file, under a name that nobody but this app chooses."""

from pathlib import Path
from uuid import uuid4

from flask import current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Receipt(db.Model):
    __table_args__ = (UniqueConstraint("trip", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    trip: Mapped[int] = mapped_column(index=True)
    name: Mapped[str]
    type: Mapped[str]
    size: Mapped[int]
    digest: Mapped[str]
    stored_as: Mapped[str] = mapped_column(default=lambda: uuid4().hex)

    @property
    def path(self) -> Path:
        return Path(current_app.config["UPLOAD_FOLDER"]) / self.stored_as

    def to_dict(self) -> dict[str, object]:
        return {"id": self.id, "name": self.name, "type": self.type, "size": self.size}
