"""What the boat hire keeps."""

from datetime import date
from decimal import Decimal

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

PRICES = {  # per hour
    "kayak": Decimal("9.50"),
    "canoe": Decimal("12.00"),
    "pedalo": Decimal("14.25"),
    "rowing": Decimal("11.40"),
}


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Boat(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    seats: Mapped[int]
    note: Mapped[str | None]
    key_code: Mapped[str]  # opens the box with the boat's key: no reply ever shows it
    hires: Mapped[list["Hire"]] = relationship(back_populates="boat")

    @property
    def is_out(self) -> bool:
        return any(hire.returned_on is None for hire in self.hires)


class Hire(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    boat_id: Mapped[int] = mapped_column(ForeignKey("boat.id"))
    boat: Mapped[Boat] = relationship(back_populates="hires")
    guest: Mapped[str]
    hours: Mapped[int]
    returned_on: Mapped[date | None]

    @property
    def price(self) -> Decimal:
        return PRICES[self.boat.kind] * self.hours
