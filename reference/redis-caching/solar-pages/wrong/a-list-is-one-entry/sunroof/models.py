"""Members and what they report."""

from datetime import date

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.dialects.sqlite import insert
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


class Edition(db.Model):
    """Which edition of a page is the current one. Written in the transaction that changes what the page shows."""

    subject: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]

    @staticmethod
    def of(subject: str) -> int:
        """0 where nothing has been written yet."""
        return db.session.scalar(db.select(Edition.number).where(Edition.subject == subject)) or 0

    @staticmethod
    def next(*subjects: str) -> None:
        for subject in subjects:
            first = insert(Edition).values(subject=subject, number=1)
            more = first.on_conflict_do_update(index_elements=["subject"], set_={"number": Edition.number + 1})
            db.session.execute(more)
