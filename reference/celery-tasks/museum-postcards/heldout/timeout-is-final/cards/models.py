"""Members, their postcards, and what these cost."""

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.schema import CreateTable


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Member(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    charges: Mapped[list["Charge"]] = relationship(order_by="Charge.id")


class Postcard(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    recipient: Mapped[str]
    text: Mapped[str]
    status: Mapped[str] = mapped_column(default="waiting")
    tracking: Mapped[str | None]
    failures: Mapped[int] = mapped_column(default=0)
    """How many calls have failed."""


class Charge(db.Model):
    """What a member pays for a postcard that was printed."""

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    postcard_id: Mapped[int] = mapped_column(ForeignKey("postcard.id"), unique=True)
    cents: Mapped[int] = mapped_column(default=120)


def create_tables() -> None:
    """Makes the tables that are missing; app and worker may do so at the same time."""
    with db.engine.begin() as connection:
        for table in db.metadata.sorted_tables:
            connection.execute(CreateTable(table, if_not_exists=True))
