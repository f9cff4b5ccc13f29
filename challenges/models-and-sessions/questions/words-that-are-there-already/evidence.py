"""What the import leaves: (all words stored, old ids kept, fewer than 50 statements)."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event, insert, select
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

CLAIMED = (True, True, True)


def left_by(load):
    db = SQLAlchemy()

    class Word(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        text: Mapped[str] = mapped_column(unique=True)

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    words = [f"word {number}" for number in range(300)]
    old = {word: 1000 + number for number, word in enumerate(words[::15])}
    rows = [{"text": word} for word in words]
    calls = []
    with app.app_context():
        db.create_all()
        db.session.add_all(Word(id=key, text=word) for word, key in old.items())
        db.session.commit()
        event.listen(db.engine, "before_cursor_execute", lambda *call: calls.append(call[2]))
        try:
            load(db.session, Word, rows)
        except IntegrityError:
            db.session.rollback()
        cheap = len(calls) < 50
        stored = dict(db.session.execute(select(Word.text, Word.id)).tuples().all())
    return set(stored) == set(words), all(stored.get(word) == key for word, key in old.items()), cheap


def merge_each():
    def load(session, model, rows):
        for row in rows:
            session.merge(model(**row))
        session.commit()

    return left_by(load), CLAIMED


def do_nothing():
    def load(session, model, rows):
        session.execute(sqlite_insert(model).on_conflict_do_nothing(), rows)
        session.commit()

    return left_by(load), CLAIMED


def caught():
    def load(session, model, rows):
        try:
            session.execute(insert(model), rows)
            session.commit()
        except IntegrityError:
            session.rollback()

    return left_by(load), CLAIMED


def or_replace():
    def load(session, model, rows):
        session.execute(insert(model).prefix_with("OR REPLACE"), rows)
        session.commit()

    return left_by(load), CLAIMED


def look_first():
    def load(session, model, rows):
        for row in rows:
            if not session.scalar(select(model).filter_by(**row)):
                session.add(model(**row))
        session.commit()

    return left_by(load), CLAIMED


def added_and_caught():
    def load(session, model, rows):
        for row in rows:
            session.add(model(**row))
        try:
            session.commit()
        except IntegrityError:
            session.rollback()
            session.commit()

    return left_by(load), CLAIMED
