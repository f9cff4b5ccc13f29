"""Members and what they report."""

from datetime import date

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Member(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    region: Mapped[str] = mapped_column(index=True)
    key: Mapped[str] = mapped_column(unique=True)


class Reading(db.Model):
    """How many kWh a member's roof yielded on a day."""

    __table_args__ = (UniqueConstraint("member_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    day: Mapped[date]
    kwh: Mapped[int]


def forecast_page(member_id: int) -> str:
    return f"forecast:{member_id}"


def ranking_page(region: str | None) -> str:
    """The ranking of a region, or that of all."""
    return "ranking" if region is None else f"ranking:{region}"
