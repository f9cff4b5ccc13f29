from typing import Annotated

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

Key = Annotated[int, mapped_column(primary_key=True)]


class Base(DeclarativeBase):
    pass


class Trip(Base):
    __tablename__ = "trip"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True, nullable=False)
    refused: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    bookings: Mapped[list["Booking"]] = relationship(back_populates="trip", order_by="Booking.seat")


class Booking(Base):
    __tablename__ = "booking"
    __table_args__ = (
        Index("one_per_seat", "trip_id", "seat", unique=True),
        CheckConstraint("seat >= 1"),
        CheckConstraint("seat <= 60"),
    )

    id: Mapped[Key]
    trip_id: Mapped[int] = mapped_column(ForeignKey(Trip.id, ondelete="CASCADE"))
    seat: Mapped[int]
    passenger: Mapped[str]
    phone: Mapped[str | None] = mapped_column(default=None)
    trip: Mapped[Trip] = relationship(back_populates="bookings")
