"""What the kennel knows."""

from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    """The base of all models."""


db = SQLAlchemy(model_class=Base)


class Account(db.Model):
    """Somebody who can log in: a customer, or a keeper who works here."""

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    role: Mapped[str] = mapped_column(default="customer")

    def as_json(self) -> dict[str, Any]:
        """The account as the API shows it."""
        return {"id": self.id, "email": self.email, "name": self.name, "role": self.role}


class Dog(db.Model):
    """A dog, and whose it is."""

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    name: Mapped[str]
    breed: Mapped[str]
    notes: Mapped[str] = mapped_column(default="")
    stays: Mapped[list["Stay"]] = relationship(
        back_populates="dog", order_by=lambda: (Stay.arrives, Stay.id), cascade="all, delete-orphan"
    )
    photo_requests: Mapped[list["PhotoRequest"]] = relationship(cascade="all, delete-orphan")

    def as_json(self) -> dict[str, Any]:
        """The dog as the API shows it."""
        return {
            "id": self.id,
            "owner_id": self.owner_id,
            "name": self.name,
            "breed": self.breed,
            "notes": self.notes,
        }


class Stay(db.Model):
    """Some nights of a dog in the kennel; a keeper confirms it by setting a price."""

    id: Mapped[int] = mapped_column(primary_key=True)
    dog_id: Mapped[int] = mapped_column(ForeignKey("dog.id"), index=True)
    arrives: Mapped[str]  # such as 2026-07-01
    nights: Mapped[int]
    notes: Mapped[str] = mapped_column(default="")
    price: Mapped[int | None]  # of the whole stay, in cents
    status: Mapped[str] = mapped_column(default="requested")
    dog: Mapped[Dog] = relationship(back_populates="stays")

    def as_json(self) -> dict[str, Any]:
        """The stay as the API shows it."""
        return {
            "id": self.id,
            "dog_id": self.dog_id,
            "arrives": self.arrives,
            "nights": self.nights,
            "notes": self.notes,
            "price": self.price,
            "status": self.status,
        }


class PhotoRequest(db.Model):
    """Somebody wants to see how a dog is doing: a keeper goes and takes a photo."""

    id: Mapped[int] = mapped_column(primary_key=True)
    dog_id: Mapped[int] = mapped_column(ForeignKey("dog.id"), index=True)
