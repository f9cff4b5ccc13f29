"""Tables, typed the SQLAlchemy way; prices are kept with the hire, in cents."""

from datetime import date

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class BoatRow(db.Model):
    __tablename__ = "boats"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    seats: Mapped[int]
    key_code: Mapped[str]
    note: Mapped[str | None]


class HireRow(db.Model):
    __tablename__ = "hires"

    id: Mapped[int] = mapped_column(primary_key=True)
    boat_id: Mapped[int] = mapped_column(index=True)
    guest: Mapped[str]
    hours: Mapped[int]
    cents: Mapped[int]
    returned_on: Mapped[date | None]

    @property
    def price(self) -> str:
        return f"{self.cents // 100}.{self.cents % 100:02}"
