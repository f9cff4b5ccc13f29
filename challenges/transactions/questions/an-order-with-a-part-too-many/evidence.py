"""What is stored, and by how many commits: pairs (observed, claimed)."""

import tempfile

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

CLAIMED = ([1], ["a", "b", "c"], 1)


def outcome(step):
    with tempfile.TemporaryDirectory() as folder:
        db = SQLAlchemy()

        class Order(db.Model):
            id: Mapped[int] = mapped_column(primary_key=True)
            number: Mapped[int]

        class Part(db.Model):
            id: Mapped[int] = mapped_column(primary_key=True)
            code: Mapped[str] = mapped_column(unique=True)

        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/parts.db"
        db.init_app(app)
        commits = []
        with app.app_context():
            db.create_all()
            db.session.add(Part(code="b"))
            db.session.commit()
            event.listen(db.engine, "commit", commits.append)
            error = None
            try:
                db.session.add(Order(number=1))
                for code in ["a", "b", "c"]:
                    step(db.session, Part, code)
                db.session.commit()
            except SQLAlchemyError as raised:
                error = type(raised).__name__
            db.session.rollback()
            stored = (
                db.session.scalars(select(Order.number)).all(),
                db.session.scalars(select(Part.code).order_by(Part.code)).all(),
            )
            db.session.remove()
            db.engine.dispose()
        return (*stored, error or len(commits))


def flushed_within():
    def step(session, part, code):
        session.add(part(code=code))
        try:
            with session.begin_nested():
                session.flush()
        except IntegrityError:
            pass

    return outcome(step), CLAIMED


def session_rollback():
    def step(session, part, code):
        savepoint = session.begin_nested()
        try:
            session.add(part(code=code))
            savepoint.commit()
        except IntegrityError:
            session.rollback()

    return outcome(step), CLAIMED


def savepoint_each():
    def step(session, part, code):
        try:
            with session.begin_nested():
                session.add(part(code=code))
        except IntegrityError:
            pass

    return outcome(step), CLAIMED


def commit_each():
    def step(session, part, code):
        try:
            session.add(part(code=code))
            session.commit()
        except IntegrityError:
            session.rollback()

    return outcome(step), CLAIMED


def expunged():
    def step(session, model, code):
        part = model(code=code)
        session.add(part)
        try:
            session.flush()
        except IntegrityError:
            session.expunge(part)

    return outcome(step), CLAIMED


def within_the_block():
    def step(session, part, code):
        with session.begin_nested():
            try:  # noqa: SIM105
                session.add(part(code=code))
            except IntegrityError:
                pass

    return outcome(step), CLAIMED
