"""Whether the title is right after every rename: pairs of (wrong titles found, True where none was)."""

import tempfile

from flask import Flask
from flask_caching import Cache
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import create_engine, event, text
from sqlalchemy.orm import Mapped, mapped_column

STALE = "Emma"


class Failed(Exception):
    pass


def wrong_titles(rename):
    """The cases, by when the reader came and whether the commit raised, in which a wrong title is left."""
    wrong = []
    for fails in (False, True):
        for moment in range(8):
            with tempfile.TemporaryDirectory() as folder:
                if not right_after(f"sqlite:///{folder}/books.db", rename, moment, fails):
                    wrong.append((moment, fails))
    return wrong


def right_after(url, rename, moment, fails):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    db = SQLAlchemy()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]

    db.init_app(app)
    cache = Cache(app, config={"CACHE_TYPE": "SimpleCache"})
    other = create_engine(url)

    def load_title(number):
        with other.connect() as connection:
            return connection.scalar(text("select title from book where id = :id"), {"id": number})

    def title_of(number):
        title = cache.get(f"book:{number}")
        if title is None:
            title = load_title(number)
            cache.set(f"book:{number}", title, timeout=3600)
        return title

    with app.app_context():
        db.create_all()
        db.session.add(Book(id=1, title=STALE))
        db.session.commit()
        passed = []

        def step():
            if len(passed) == moment:
                title_of(1)
            passed.append(1)

        session = db.session()

        @event.listens_for(session, "before_commit", insert=False)
        def fail_or_not(_):
            step()
            if fails and not session.in_nested_transaction():
                raise Failed

        title_of(1)
        try:
            rename(db, Book, cache, step, "Persuasion")
        except Failed:
            db.session.rollback()
        db.session.remove()
        found, stored = title_of(1), load_title(1)
        assert stored == (STALE if fails else "Persuasion")
        other.dispose()
        db.engine.dispose()
        return found == stored


def version(drop=None, after=None, flush=False, nested=False, listen=False):
    def rename(db, Book, cache, step, title):
        book = db.session.get(Book, 1)
        step()
        if listen:

            @event.listens_for(db.session(), "before_commit", insert=True)
            def first(_):
                drop(cache, title)
                step()

        book.title = title
        step()
        if flush:
            db.session.flush()
            step()
        if nested:
            with db.session.begin_nested():
                drop(cache, title)
                step()
                db.session.commit()
        else:
            if drop and not listen:
                drop(cache, title)
                step()
            db.session.commit()
        step()
        if after:
            after(cache, title)
            step()

    return rename


def delete(cache, title):
    cache.delete("book:1")


def set_new():
    return wrong_titles(version(lambda cache, title: cache.set("book:1", title, timeout=3600))), []


def flush_first():
    return wrong_titles(version(delete, flush=True)), []


def before_commit():
    return wrong_titles(version(delete, listen=True)), []


def store_none():
    return wrong_titles(version(lambda cache, title: cache.set("book:1", None, timeout=3600))), []


def after_commit():
    return wrong_titles(version(after=delete)), []


def savepoint():
    return wrong_titles(version(delete, nested=True)), []
