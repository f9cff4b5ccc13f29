"""The payments and the answers, over all places where the repeated request can come: sets of (payments, answers).

The repeated request runs between any two statements of the first one, after it, or after it was killed behind a commit.
"""

import tempfile
import threading

import flask
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

CLAIMED = {(1, (201,)), (1, (201, 201))}


class Killed(BaseException):
    pass


def outcome(body):
    results, number = {run(body), run(body, killed_after=1)}, 0
    while True:
        try:
            results.add(run(body, repeated_before=number))
        except LookupError:  # there is no such statement
            return results
        number += 1


def run(body, repeated_before=None, killed_after=None):
    with tempfile.TemporaryDirectory() as folder:
        db = SQLAlchemy()

        class Payment(db.Model):
            id: Mapped[int] = mapped_column(primary_key=True)
            key: Mapped[str] = mapped_column(unique=True)
            amount: Mapped[int]

        class UsedKey(db.Model):
            key: Mapped[str] = mapped_column(primary_key=True)

        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/payments.db"
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"connect_args": {"timeout": 0}}
        db.init_app(app)

        def stored(key):
            return db.session.scalars(select(Payment).filter_by(key=key)).one()

        @app.post("/payments")
        def pay():
            body(db.session, Payment, UsedKey, Payment(key="k", amount=5))
            return {"id": stored("k").id}, 201

        with app.app_context():
            db.create_all()
            engine, session_class = db.engine, db.session.session_factory.class_
        main, sent, commits, answers = threading.current_thread(), [], [], []

        def click():
            answers.append(app.test_client().post("/payments").status_code)

        def interrupt(*call):
            if threading.current_thread() is main:
                sent.append(call[2])
                if len(sent) - 1 == repeated_before:
                    other = threading.Thread(target=click)
                    other.start()
                    other.join()

        def kill(session):
            commits.append(session)
            if len(commits) == killed_after:
                raise Killed

        event.listen(engine, "before_cursor_execute", interrupt)
        event.listen(session_class, "after_commit", kill)
        try:
            click()
        except Killed:
            pass
        finally:
            event.remove(engine, "before_cursor_execute", interrupt)
            event.remove(session_class, "after_commit", kill)
        if repeated_before is None:
            click()
        elif len(answers) < 2:
            engine.dispose()
            raise LookupError
        with app.app_context():
            count = db.session.scalar(select(func.count(Payment.id)))
        engine.dispose()
        return count, tuple(sorted(answers))


def look_first():
    def body(session, model, used, payment):
        if session.scalar(select(model).filter_by(key=payment.key)) is None:
            session.add(payment)
            session.commit()

    return outcome(body), CLAIMED


def arbiter():
    def body(session, model, used, payment):
        session.add(payment)
        try:
            session.commit()
        except IntegrityError:
            session.rollback()

    return outcome(body), CLAIMED


def key_first():
    def body(session, model, used, payment):
        try:
            session.add(used(key=payment.key))
            session.commit()
        except IntegrityError:
            session.rollback()
        else:
            session.add(payment)
            session.commit()

    return outcome(body), CLAIMED


def no_rollback():
    def body(session, model, used, payment):
        session.add(payment)
        try:
            session.flush()
        except IntegrityError:
            session.expunge_all()
        session.commit()

    return outcome(body), CLAIMED


def merge():
    def body(session, model, used, payment):
        payment = session.merge(payment)
        session.commit()
        session.refresh(payment)

    return outcome(body), CLAIMED


def refuse():
    def body(session, model, used, payment):
        session.add(payment)
        try:
            session.commit()
        except IntegrityError:
            flask.abort(409)

    return outcome(body), CLAIMED
