"""Members and what they report."""

from datetime import date
from secrets import token_hex

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, UniqueConstraint, select, update
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


class Epoch(db.Model):
    """Which time of the cache this is. A new one begins when pages could not be dropped."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


def forecast_page(member_id: int) -> str:
    return f"forecast:{member_id}"


def ranking_page(region: str | None) -> str:
    """The ranking of a region, or that of all."""
    return "ranking" if region is None else f"ranking:{region}"


def epoch() -> str:
    return db.session.scalar(select(Epoch.name).where(Epoch.id == 1)) or "first"


def renew_epoch() -> None:
    """All pages of before are void."""
    name = token_hex(16)
    if not db.session.execute(update(Epoch).where(Epoch.id == 1).values(name=name)).rowcount:
        db.session.add(Epoch(id=1, name=name))
        db.session.flush()
