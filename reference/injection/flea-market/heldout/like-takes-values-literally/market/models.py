"""What the market knows."""

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The base of all models."""


db = SQLAlchemy(model_class=Base)

MAX_ID = 2**63 - 1  # what SQLite can look for


class Offer(db.Model):
    """Something that somebody sells; ``phone`` is for the organisers only."""

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    seller: Mapped[str]
    cents: Mapped[int]
    category: Mapped[str]
    text: Mapped[str]
    link: Mapped[str]
    phone: Mapped[str]
    public: Mapped[bool]
