"""The numbers of two requests, the second of which begins when the first has read the counter.

Connections don't wait here, but where a longer wait is the option. Where the second request is refused before it has
read anything, waiting would have helped: it is run again when the first one has ended, as if it had waited. Where it
has read, it stays refused.
"""

import sqlite3
import tempfile
import threading

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, mapped_column

CLAIMED = [1, 2]


def outcome(read=None, timeout=0, immediate=False, mode="WAL", nested=False, again=False):
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/tickets.db"
        file = sqlite3.connect(path)
        file.execute(f"PRAGMA journal_mode = {mode}")
        file.close()
        db = SQLAlchemy()

        class Counter(db.Model):
            id: Mapped[int] = mapped_column(primary_key=True)
            last: Mapped[int]

        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{path}"
        connect_args = {"timeout": timeout} if immediate else {"timeout": timeout, "autocommit": False}
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"connect_args": connect_args}
        db.init_app(app)
        main, has_read, answers = threading.current_thread(), [], []

        def get():
            counter = read(db, Counter) if read else db.session.get(Counter, 1)
            has_read.append(threading.current_thread())
            if threading.current_thread() is main and len(has_read) == 1:
                other = threading.Thread(target=draw)
                other.start()
                other.join()
            return counter

        def change():
            counter = get()
            counter.last += 1
            return counter.last

        def view():
            if nested:
                with db.session.begin_nested():
                    number = change()
            else:
                number = change()
            try:
                db.session.commit()
            except OperationalError:
                if not again:
                    raise
                db.session.rollback()
                db.session.commit()
            return number

        def draw():
            before = len(has_read)
            try:
                with app.app_context():
                    answers.append(view())
            except OperationalError:
                answers.append("refused" if len(has_read) > before else "waits")

        with app.app_context():
            if immediate:

                @event.listens_for(db.engine, "connect")
                def connect(connection, record):
                    connection.isolation_level = None

                @event.listens_for(db.engine, "begin")
                def begin(connection):
                    connection.exec_driver_sql("BEGIN IMMEDIATE")

            db.create_all()
            db.session.add(Counter(id=1, last=0))
            db.session.commit()
            engine = db.engine
        draw()
        if "waits" in answers:
            answers.remove("waits")
            draw()
        engine.dispose()
        return sorted(answers, key=str)


def timeout():
    return outcome(timeout=120), CLAIMED


def for_update():
    return outcome(read=lambda db, model: db.session.get(model, 1, with_for_update=True)), CLAIMED


def immediate():
    return outcome(immediate=True), CLAIMED


def commit_again():
    return outcome(again=True), CLAIMED


def savepoint():
    return outcome(nested=True), CLAIMED


def rollback_journal():
    return outcome(mode="DELETE"), CLAIMED
