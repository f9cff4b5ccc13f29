"""The tables."""

from __future__ import annotations

from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


@event.listens_for(Engine, "connect")
def enforce_foreign_keys(connection: Any, record: Any) -> None:
    """SQLite looks at foreign keys only if each connection asks for it."""
    connection.execute("PRAGMA foreign_keys=ON")


class Volunteer(db.Model):
    __tablename__ = "volunteers"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), index=True)
    phone: Mapped[str | None] = mapped_column(String(40))
    skills: Mapped[list[Skill]] = relationship(order_by="Skill.id")


class Skill(db.Model):
    __tablename__ = "skills"
    __table_args__ = (UniqueConstraint("volunteer_id", "name", name="uq_skills_volunteer_id_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(
        ForeignKey("volunteers.id", name="fk_skills_volunteer_id", ondelete="CASCADE")
    )
    name: Mapped[str] = mapped_column(String(60))


class Repair(db.Model):
    __tablename__ = "repairs"
    __table_args__ = (
        CheckConstraint("minutes >= 0"),
        CheckConstraint("status IN ('waiting', 'fixed', 'unfixed', 'other')", name="ck_repairs_status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(
        ForeignKey("volunteers.id", name="fk_repairs_volunteer_id", ondelete="CASCADE"), index=True
    )
    item: Mapped[str] = mapped_column(String(120))
    minutes: Mapped[int]
    status: Mapped[str] = mapped_column(String(10))
    remark: Mapped[str | None] = mapped_column(String(200))
    notes: Mapped[list[Note]] = relationship(order_by="Note.id")


class Note(db.Model):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    repair_id: Mapped[int] = mapped_column(ForeignKey("repairs.id", name="fk_notes_repair_id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(String(400))
