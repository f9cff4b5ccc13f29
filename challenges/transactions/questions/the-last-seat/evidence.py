"""The answers and the seats that are left, with the other request between any two statements of the first."""

import tempfile
import threading

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event, select, update
from sqlalchemy.orm import Mapped, mapped_column

CLAIMED = {((201, 409), 0)}


def outcome(body):
    results, number = set(), 0
    while True:
        result, statements = race(body, number)
        if number == statements:  # there was no such statement, so the other one did not run
            return results
        results.add(result)
        number += 1


def race(body, number):
    with tempfile.TemporaryDirectory() as folder:
        db = SQLAlchemy()

        class Show(db.Model):
            id: Mapped[int] = mapped_column(primary_key=True)
            free: Mapped[int]

        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/shows.db"
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"connect_args": {"timeout": 0}}
        db.init_app(app)

        def taken(show_id):
            return update(Show).where(Show.id == show_id).values(free=Show.free - 1)

        @app.post("/shows/<int:show_id>/bookings")
        def book(show_id):
            return body(db, Show, taken, show_id) or ("", 201)

        with app.app_context():
            db.create_all()
            db.session.add(Show(id=1, free=1))
            db.session.commit()
            engine = db.engine
        main, sent, answers = threading.current_thread(), [], []

        def click():
            answers.append(app.test_client().post("/shows/1/bookings").status_code)

        def interrupt(*call):
            if threading.current_thread() is main:
                sent.append(call[2])
                if len(sent) == number + 1:
                    other = threading.Thread(target=click)
                    other.start()
                    other.join()

        event.listen(engine, "before_cursor_execute", interrupt)
        click()
        event.remove(engine, "before_cursor_execute", interrupt)
        if answers[0] == 500:  # the file was locked: in the stem's app the request waits for the first one's end
            del answers[0]
            click()
        with app.app_context():
            free = db.session.scalar(select(Show.free))
        engine.dispose()
        return (tuple(sorted(answers)), free), len(sent)


def look_then_sql():
    def body(db, model, taken, show_id):
        show = db.get_or_404(model, show_id)
        if show.free < 1:
            return "", 409
        db.session.execute(taken(show_id))
        db.session.commit()
        return None

    return outcome(body), CLAIMED


def conditional():
    def body(db, model, taken, show_id):
        result = db.session.execute(taken(show_id).where(model.free > 0))
        if result.rowcount == 0:
            return "", 409
        db.session.commit()
        return None

    return outcome(body), CLAIMED


def savepoint():
    def body(db, model, taken, show_id):
        show = db.get_or_404(model, show_id)
        if show.free < 1:
            return "", 409
        with db.session.begin_nested():
            show.free -= 1
        db.session.commit()
        return None

    return outcome(body), CLAIMED


def commit_then_look():
    def body(db, model, taken, show_id):
        db.session.execute(taken(show_id))
        db.session.commit()
        if db.session.get(model, show_id).free < 0:
            return "", 409
        return None

    return outcome(body), CLAIMED


def count_ignored():
    def body(db, model, taken, show_id):
        db.session.execute(taken(show_id).where(model.free > 0))
        db.session.commit()
        if db.session.get(model, show_id) is None:
            return "", 409
        return None

    return outcome(body), CLAIMED


def refresh():
    def body(db, model, taken, show_id):
        show = db.get_or_404(model, show_id)
        db.session.refresh(show)
        if show.free < 1:
            return "", 409
        show.free -= 1
        db.session.commit()
        return None

    return outcome(body), CLAIMED
