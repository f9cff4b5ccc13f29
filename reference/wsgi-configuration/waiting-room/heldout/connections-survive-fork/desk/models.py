"""The database."""

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.schema import CreateTable


class Base(DeclarativeBase):
    """Base of all models."""


db = SQLAlchemy(model_class=Base)


class Number(db.Model):
    """A number that was drawn: its id."""

    id: Mapped[int] = mapped_column(primary_key=True)


class Announcement(db.Model):
    """A number that was shown on the board."""

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)


def create_tables() -> None:
    """Makes the tables of all models, where they are missing."""
    with db.engine.begin() as connection:
        for table in db.metadata.sorted_tables:
            connection.execute(CreateTable(table, if_not_exists=True))
