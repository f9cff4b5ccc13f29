"""Hives, and what their fields may be."""

from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Hive(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    site: Mapped[str]
    boxes: Mapped[int]
    note: Mapped[str] = mapped_column(default="")

    def to_dict(self) -> dict[str, Any]:
        return {"code": self.code, "site": self.site, "boxes": self.boxes, "note": self.note}
