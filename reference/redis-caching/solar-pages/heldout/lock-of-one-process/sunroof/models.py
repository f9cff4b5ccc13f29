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


class PageVersion(db.Model):
    """Which version of a page is the present one; a page that no write has changed yet has no row."""

    page: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str]


def forecast_page(member_id: int) -> str:
    return f"forecast:{member_id}"


def ranking_page(region: str | None) -> str:
    """The ranking of a region, or that of all."""
    return "ranking" if region is None else f"ranking:{region}"


def page_version(page: str) -> str:
    """Ask for it before you read what the page shows: what is read then is at least as new."""
    return db.session.scalar(select(PageVersion.version).where(PageVersion.page == page)) or "new"


def renew_pages(*pages: str) -> None:
    """Gives pages new versions, in the transaction of the write that changes them. Versions never come again."""
    for page in sorted(pages):
        version = token_hex(16)
        changed = db.session.execute(update(PageVersion).where(PageVersion.page == page).values(version=version))
        if not changed.rowcount:
            db.session.add(PageVersion(page=page, version=version))
            db.session.flush()
