"""Members and what they report, and the versions of the pages that show it."""

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


class Version(db.Model):
    """Which version of the pages is the present one."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


def forecast_page(member_id: int) -> str:
    return f"forecast:{member_id}"


def ranking_page(region: str | None) -> str:
    """The ranking of a region, or that of all."""
    return "ranking" if region is None else f"ranking:{region}"


def page_version() -> str:
    """Ask for it before you read what the page shows: what is read then is at least as new."""
    return db.session.scalar(select(Version.name).where(Version.id == 1)) or "new"


def renew_pages() -> None:
    """Gives the pages a new version, in the transaction of the write that changes them. Versions never come again."""
    name = token_hex(16)
    if not db.session.execute(update(Version).where(Version.id == 1).values(name=name)).rowcount:
        db.session.add(Version(id=1, name=name))
        db.session.flush()
