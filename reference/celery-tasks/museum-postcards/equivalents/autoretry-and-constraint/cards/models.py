"""Members, their postcards, and what these cost."""

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Member(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    charges: Mapped[list["Charge"]] = relationship(order_by="Charge.id")


class Postcard(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    recipient: Mapped[str]
    text: Mapped[str]
    status: Mapped[str] = mapped_column(default="waiting")
    charge: Mapped["Charge | None"] = relationship(back_populates="postcard")

    @property
    def tracking(self) -> str | None:
        return self.charge.tracking if self.charge else None


class Charge(db.Model):
    """What a member pays for a postcard that was printed."""

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    postcard_id: Mapped[int] = mapped_column(ForeignKey("postcard.id"), unique=True)
    tracking: Mapped[str]
    cents: Mapped[int] = mapped_column(default=120)
    postcard: Mapped[Postcard] = relationship(back_populates="charge")
