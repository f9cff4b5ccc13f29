"""Is Ada's note ever deleted, if the other view commits before one of the statements? And can Ben delete his own?"""

import tempfile
from pathlib import Path
from threading import Lock

from flask import Flask, abort
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import create_engine, event, text
from sqlalchemy.orm import Mapped, mapped_column

CLAIMED = (False, True)
BEN, ADA = 2, 1


def run(delete, handed_over_before, listener=False):
    """Returns (statements that the view ran, the note is gone, it was Ada's when it went)."""
    db = SQLAlchemy()

    class Note(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        owner_id: Mapped[int]

    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{Path(folder, 'notes.db')}"
        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = address
        db.init_app(app)
        if listener:

            @event.listens_for(Note, "before_delete")
            def check(mapper, connection, note):
                if note.owner_id != BEN:
                    abort(404)

        @app.post("/notes/<int:number>/delete")
        def delete_note(number):
            delete(db, Note, number)
            db.session.commit()
            return "", 204

        with app.app_context():
            db.create_all()
            db.session.add(Note(id=7, owner_id=BEN))
            db.session.commit()
            db.session.remove()
            other = create_engine(address)  # another worker, which shares nothing but the file
            seen = []

            @event.listens_for(db.engine, "before_cursor_execute")
            def hand_over(*call):
                if len(seen) == handed_over_before:
                    with other.begin() as connection:
                        connection.execute(text("UPDATE note SET owner_id = 1 WHERE id = 7"))
                seen.append(call[2])

        app.test_client().post("/notes/7/delete")
        with other.connect() as connection:
            gone = connection.execute(text("SELECT count(*) FROM note")).scalar() == 0
        other.dispose()
        with app.app_context():
            db.engine.dispose()
        return len(seen), gone, gone and len(seen) > handed_over_before


def outcome(delete, listener=False):
    statements, gone, _ = run(delete, 99, listener)
    stolen = [run(delete, point, listener)[2] for point in range(statements)]
    return any(stolen), gone


def checked(db, model, number):
    note = db.get_or_404(model, number)
    if note.owner_id != BEN:
        abort(404)
    return note


def refresh():
    def delete(db, model, number):
        note = checked(db, model, number)
        db.session.refresh(note)
        if note.owner_id != BEN:
            abort(404)
        db.session.delete(note)

    return outcome(delete), CLAIMED


def scoped_load():
    def delete(db, model, number):
        note = db.one_or_404(db.select(model).filter_by(id=number, owner_id=BEN))
        db.session.delete(note)

    return outcome(delete), CLAIMED


def mapper_event():
    def delete(db, model, number):
        db.session.delete(db.get_or_404(model, number))

    return outcome(delete, listener=True), CLAIMED


def lock():
    lock = Lock()  # the other view runs in another process, and holds another lock

    def delete(db, model, number):
        with lock:
            db.session.delete(checked(db, model, number))
            db.session.commit()

    return outcome(delete), CLAIMED


def order():
    def delete(db, model, number):
        db.session.delete(checked(db, model, number))

    return outcome(delete), CLAIMED


def conditional_delete():
    def delete(db, model, number):
        query = db.delete(model).filter_by(id=number, owner_id=BEN)
        if db.session.execute(query).rowcount == 0:
            abort(404)

    return outcome(delete), CLAIMED
