"""Whether the right ten albums are shown, and at most ten rows come: pairs (observed, claimed)."""

import sqlite3

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

fetched = []


class Cursor(sqlite3.Cursor):
    """Notes how many rows are read."""

    def fetchall(self):
        rows = super().fetchall()
        fetched.extend(rows)
        return rows


class Connection(sqlite3.Connection):
    def cursor(self, factory=Cursor):
        return super().cursor(factory)


db = SQLAlchemy(engine_options={"connect_args": {"factory": Connection}})
CLAIMED = (True, True)


class Album(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    tracks: Mapped[list["Track"]] = relationship()


class Track(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    album_id: Mapped[int] = mapped_column(ForeignKey("album.id"))
    seconds: Mapped[int]


long_tracks = Track.seconds > 600
joined = select(Album).join(Album.tracks).where(long_tracks).order_by(Album.id)


def outcome(query, cut=None):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        for n in range(1, 601):
            long = 0 if n % 2 else (15 if n % 4 else 1)
            lengths = [700] * long + [200, 300]
            db.session.add(Album(id=n, tracks=[Track(seconds=seconds) for seconds in lengths]))
        db.session.commit()
        db.session.remove()
        fetched.clear()
        albums = db.session.scalars(query).unique().all()[:cut]
        return ([album.id for album in albums] == list(range(2, 21, 2)), len(fetched) <= 10)


def all_and_slice():
    return outcome(joined, cut=10), CLAIMED


def higher_limit():
    return outcome(joined.limit(20), cut=10), CLAIMED


def outer_join():
    query = select(Album).outerjoin(Album.tracks).where(long_tracks).order_by(Album.id).limit(10)
    return outcome(query), CLAIMED


def exists():
    return outcome(select(Album).where(Album.tracks.any(long_tracks)).order_by(Album.id).limit(10)), CLAIMED


def selectin():
    return outcome(joined.options(selectinload(Album.tracks)).limit(10)), CLAIMED


def group_by_track():
    return outcome(joined.group_by(Album.id, Track.id).limit(10)), CLAIMED
