"""How many SELECT statements follow the commit: pairs (observed, claimed)."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, event, select
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload


def statements():
    db = SQLAlchemy()

    class Playlist(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]
        public: Mapped[bool] = mapped_column(default=False)
        songs: Mapped[list["Song"]] = relationship()

    class Song(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
        playlist_id: Mapped[int] = mapped_column(ForeignKey("playlist.id"))

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    sent = []

    @app.post("/playlists/publish")
    def publish():
        query = select(Playlist).options(selectinload(Playlist.songs))
        playlists = db.session.scalars(query).all()
        for playlist in playlists:
            playlist.public = True
        db.session.commit()
        sent.clear()
        return [{"name": playlist.name, "songs": [song.title for song in playlist.songs]} for playlist in playlists]

    with app.app_context():
        db.create_all()
        for n in range(10):
            db.session.add(Playlist(name=f"list {n}", songs=[Song(title=f"song {k}") for k in range(3)]))
        db.session.commit()
        event.listen(db.engine, "before_cursor_execute", lambda *call: sent.append(call[2]))
    assert len(app.test_client().post("/playlists/publish").json) == 10
    return sum(statement.startswith("SELECT") for statement in sent)


def still_loaded():
    return statements(), 0


def loaded_together_again():
    return statements(), 2


def collections_kept():
    return statements(), 10


def playlist_and_songs():
    return statements(), 20


def each_song_too():
    return statements(), 50


def list_again():
    return statements(), 11
