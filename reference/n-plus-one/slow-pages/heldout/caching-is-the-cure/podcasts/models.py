"""What the directory knows."""

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    """The base of all models."""


db = SQLAlchemy(model_class=Base)

show_tags = Table(
    "show_tags",
    Base.metadata,
    Column("show_id", ForeignKey("show.id"), primary_key=True),
    Column("tag_id", ForeignKey("tag.id"), primary_key=True),
)
episode_guests = Table(
    "episode_guests",
    Base.metadata,
    Column("episode_id", ForeignKey("episode.id"), primary_key=True),
    Column("guest_id", ForeignKey("guest.id"), primary_key=True),
)


class Network(db.Model):
    """A company that makes shows."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    shows: Mapped[list["Show"]] = relationship(back_populates="network", order_by=lambda: (Show.title, Show.id))


class Tag(db.Model):
    """What a show is about."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class Guest(db.Model):
    """Somebody who was invited to an episode."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class Listener(db.Model):
    """Somebody who reviews shows."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class Show(db.Model):
    """A podcast; an independent one has no network."""

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"), index=True)
    network: Mapped[Network | None] = relationship(back_populates="shows")
    episodes: Mapped[list["Episode"]] = relationship(back_populates="show", order_by=lambda: Episode.number)
    reviews: Mapped[list["Review"]] = relationship(order_by=lambda: Review.id)
    tags: Mapped[list[Tag]] = relationship(secondary=show_tags, order_by=Tag.name)

    @property
    def network_name(self) -> str | None:
        """The name of the network, or None for an independent show."""
        return self.network.name if self.network else None


class Episode(db.Model):
    """One broadcast of a show; numbers count from 1 within the show."""

    id: Mapped[int] = mapped_column(primary_key=True)
    show_id: Mapped[int] = mapped_column(ForeignKey("show.id"), index=True)
    number: Mapped[int]
    title: Mapped[str]
    minutes: Mapped[int]
    show: Mapped[Show] = relationship(back_populates="episodes")
    guests: Mapped[list[Guest]] = relationship(secondary=episode_guests, order_by=Guest.name)


class Review(db.Model):
    """One to five stars from a listener."""

    id: Mapped[int] = mapped_column(primary_key=True)
    show_id: Mapped[int] = mapped_column(ForeignKey("show.id"), index=True)
    listener_id: Mapped[int] = mapped_column(ForeignKey("listener.id"))
    stars: Mapped[int]
    listener: Mapped[Listener] = relationship()
