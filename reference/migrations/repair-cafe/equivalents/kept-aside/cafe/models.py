"""The tables."""

from __future__ import annotations

from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CheckConstraint, Enum, ForeignKey, String, UniqueConstraint, event
from sqlalchemy.engine import Engine
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

STATUSES = ("waiting", "fixed", "unfixed", "other")


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
    skill_rows: Mapped[list[Skill]] = relationship(order_by="Skill.id", cascade="all, delete-orphan")
    skills: AssociationProxy[list[str]] = association_proxy("skill_rows", "name", creator=lambda name: Skill(name=name))


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
    __table_args__ = (CheckConstraint("minutes >= 0", name="ck_repairs_minutes"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(
        ForeignKey("volunteers.id", name="fk_repairs_volunteer_id", ondelete="CASCADE"), index=True
    )
    item: Mapped[str] = mapped_column(String(120))
    minutes: Mapped[int]
    status: Mapped[str] = mapped_column(
        Enum(*STATUSES, native_enum=False, length=10, create_constraint=True, name="ck_repairs_status")
    )
    remark: Mapped[str | None] = mapped_column(String(200))
    notes: Mapped[list[Note]] = relationship(order_by="Note.id")


class Note(db.Model):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    repair_id: Mapped[int] = mapped_column(ForeignKey("repairs.id", name="fk_notes_repair_id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(String(400))
