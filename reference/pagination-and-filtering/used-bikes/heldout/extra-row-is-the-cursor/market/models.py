"""What is for sale."""

from datetime import UTC, datetime
from typing import Any, Self

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Bike(db.Model):
    ref: Mapped[str] = mapped_column(primary_key=True)
    brand: Mapped[str]
    year: Mapped[int]
    price: Mapped[int]
    lowest_price: Mapped[int]  # what the dealer would take: it is never shown
    electric: Mapped[bool]
    listed_at: Mapped[datetime]  # UTC, without a time zone, as SQLite stores it

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        listed_at = datetime.fromisoformat(data["listed_at"]).astimezone(UTC).replace(tzinfo=None)
        return cls(**{**data, "listed_at": listed_at})

    def to_dict(self) -> dict[str, Any]:
        return {
            "ref": self.ref,
            "brand": self.brand,
            "year": self.year,
            "price": self.price,
            "electric": self.electric,
            "listed_at": f"{self.listed_at.isoformat()}Z",
        }
