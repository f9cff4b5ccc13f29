"""Per option: whether the page holds albums 21 to 30 with all tracks, and whether at most 150 rows came."""

import sqlite3
from itertools import islice

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, contains_eager, joinedload, mapped_column, relationship, selectinload

fetched = []


class Cursor(sqlite3.Cursor):
    """Notes how many rows are read."""

    def fetchall(self):
        rows = super().fetchall()
        fetched.extend(rows)
        return rows

    def fetchmany(self, *size):
        rows = super().fetchmany(*size)
        fetched.extend(rows)
        return rows

    def fetchone(self):
        row = super().fetchone()
        fetched.extend([row] if row else [])
        return row


class Connection(sqlite3.Connection):
    def cursor(self, factory=Cursor):
        return super().cursor(factory)


db = SQLAlchemy(engine_options={"connect_args": {"factory": Connection}})


class Album(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    tracks: Mapped[list["Track"]] = relationship()


class Track(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    album_id: Mapped[int] = mapped_column(ForeignKey("album.id"))


albums = select(Album).order_by(Album.id)


def outcome(page):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add_all(Album(id=n, tracks=[Track() for _ in range(12)]) for n in range(1, 601))
        db.session.commit()
        db.session.remove()
        fetched.clear()
        found = page()
        shown = [(album.id, len(album.tracks)) for album in found]
        return (shown == [(n, 12) for n in range(21, 31)], len(fetched) <= 150), (True, True)


def slice_afterwards():
    return outcome(lambda: db.session.scalars(albums.options(selectinload(Album.tracks))).all()[20:30])


def selectin_limit():
    return outcome(lambda: db.session.scalars(albums.limit(10).offset(20).options(selectinload(Album.tracks))).all())


def contains_eager_limit():
    return outcome(
        lambda: (
            db.session.scalars(albums.join(Album.tracks).limit(10).offset(20).options(contains_eager(Album.tracks)))
            .unique()
            .all()
        )
    )


def stop_iterating():
    return outcome(lambda: list(islice(db.session.scalars(albums.options(selectinload(Album.tracks))), 20, 30)))


def joined_limit():
    return outcome(
        lambda: db.session.scalars(albums.limit(10).offset(20).options(joinedload(Album.tracks))).unique().all()
    )


def from_subquery():
    return outcome(
        lambda: (
            db.session.scalars(
                albums.where(Album.id.in_(select(Album.id).order_by(Album.id).limit(10).offset(20)))
                .join(Album.tracks)
                .options(contains_eager(Album.tracks))
            )
            .unique()
            .all()
        )
    )
