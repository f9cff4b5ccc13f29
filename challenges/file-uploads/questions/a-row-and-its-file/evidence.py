"""Whether rows and complete files agree after a success and after three kinds of failure."""

import io
import tempfile
from pathlib import Path
from uuid import uuid4

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, mapped_column

CONTENT = bytes(100_000)
CLAIMED = {"success": True, "duplicate": True, "disk full": True, "connection lost": True}


class FullDisk(io.BytesIO):
    """A stream whose second piece cannot be written any more."""

    def read(self, size=-1):
        if self.tell():
            raise OSError(28, "No space left on device")
        return super().read(size)


def outcome(store):
    return {situation: agree_after(situation, store) for situation in CLAIMED}


def agree_after(failure, store):
    folder = Path(tempfile.mkdtemp())
    documents = folder / "documents"
    documents.mkdir()
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/app.db"
    db = SQLAlchemy(app)
    situation = {"name": "success"}

    class Document(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        number: Mapped[str] = mapped_column(unique=True)
        path: Mapped[str]

    @app.post("/documents")
    def add():
        file = request.files["document"]
        if situation["name"] == "disk full":
            file.stream = FullDisk(CONTENT)
        path = documents / uuid4().hex
        store(db, file, path, Document(number=request.form["number"], path=str(path)))
        return "", 201

    with app.app_context():
        db.create_all()

    @event.listens_for(db.session, "before_commit")
    def lose_connection(session):
        session.flush()
        if situation["name"] == "connection lost":
            raise OperationalError("COMMIT", {}, Exception("the connection is lost"))

    def post(number):
        data = {"number": number, "document": (io.BytesIO(CONTENT), "a.pdf")}
        app.test_client().post("/documents", data=data)

    if failure == "duplicate":
        path = documents / "first"
        path.write_bytes(CONTENT)
        with app.app_context():
            db.session.add(Document(number="1", path=str(path)))
            db.session.commit()
    situation["name"] = failure
    post("1")
    with app.app_context():
        rows = {Path(row.path) for row in db.session.scalars(db.select(Document))}
    files = set(documents.iterdir())
    return rows == files and all(path.stat().st_size == len(CONTENT) for path in files)


def saved_then_committed(db, file, path, document):
    file.save(path)
    db.session.add(document)
    db.session.commit()


def rollback():
    def store(db, file, path, document):
        try:
            saved_then_committed(db, file, path, document)
        except Exception:
            db.session.rollback()
            raise

    return outcome(store), CLAIMED


def always_removed():
    def store(db, file, path, document):
        try:
            saved_then_committed(db, file, path, document)
        finally:
            path.unlink(missing_ok=True)

    return outcome(store), CLAIMED


def row_first():
    def store(db, file, path, document):
        db.session.add(document)
        db.session.commit()
        file.save(path)

    return outcome(store), CLAIMED


def clean_up():
    def store(db, file, path, document):
        try:
            saved_then_committed(db, file, path, document)
        except Exception:
            path.unlink(missing_ok=True)
            raise

    return outcome(store), CLAIMED


def flush_first():
    def store(db, file, path, document):
        db.session.add(document)
        db.session.flush()
        file.save(path)
        db.session.commit()

    return outcome(store), CLAIMED


def nested():
    def store(db, file, path, document):
        with db.session.begin_nested():
            db.session.add(document)
            file.save(path)
        db.session.commit()

    return outcome(store), CLAIMED
