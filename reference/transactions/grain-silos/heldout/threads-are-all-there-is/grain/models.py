"""What the cooperative knows."""

from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The base of all models."""


db = SQLAlchemy(model_class=Base)


class Silo(db.Model):
    """A silo; its level is between 0 and its capacity, in tonnes."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    capacity: Mapped[int]
    level: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)


class Movement(db.Model):
    """Tonnes that came into a silo, or left it (negative); ``level`` is what it held right after."""

    id: Mapped[int] = mapped_column(primary_key=True)
    silo_id: Mapped[int] = mapped_column(ForeignKey("silo.id"), index=True)
    tonnes: Mapped[int]
    level: Mapped[int]


class Answer(db.Model):
    """What a request with an Idempotency-Key was answered."""

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    path: Mapped[str]
    asked: Mapped[Any] = mapped_column(JSON)
    answered: Mapped[Any] = mapped_column(JSON)
