"""What the three prints show."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship


def printed():
    db = SQLAlchemy()

    class Album(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        tracks: Mapped[list["Track"]] = relationship(order_by="Track.number")

    class Track(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        number: Mapped[int]
        album_id: Mapped[int | None] = mapped_column(ForeignKey("album.id"))

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add(Album(id=1, tracks=[Track(number=3), Track(number=1)]))
        db.session.commit()
    with app.app_context():
        album = db.session.get(Album, 1)

        def numbers():
            return [track.number for track in album.tracks]

        shown = [numbers()]
        album.tracks.append(Track(number=2))
        db.session.flush()
        shown.append(numbers())
        db.session.commit()
        shown.append(numbers())
        return shown


def sorted_at_once():
    return printed(), [[1, 3], [1, 2, 3], [1, 2, 3]]


def never_sorted():
    return printed(), [[1, 3], [1, 3, 2], [1, 3, 2]]


def sorted_when_loaded():
    return printed(), [[1, 3], [1, 3, 2], [1, 2, 3]]


def order_of_insertion():
    return printed(), [[3, 1], [3, 1, 2], [1, 2, 3]]


def flush_loads_anew():
    return printed(), [[1, 3], [1, 3], [1, 2, 3]]


def key_order():
    return printed(), [[1, 3], [2, 1, 3], [1, 2, 3]]
