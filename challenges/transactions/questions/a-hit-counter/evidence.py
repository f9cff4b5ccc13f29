"""The views after three calls, with a call of another worker between two statements of the second: (views per case)."""

import tempfile
import threading

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, mapped_column

THREE_ALWAYS = {3}


def outcome(new):
    results, number = set(), 0
    while True:
        result, statements = race(new, number)
        if number == statements:  # there was no such statement, so the other one did not run
            return results
        results.add(result)
        number += 1


def race(new, number):
    with tempfile.TemporaryDirectory() as folder:
        db = SQLAlchemy()

        class Page(db.Model):
            path: Mapped[str] = mapped_column(primary_key=True)
            views: Mapped[int]

        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/pages.db"
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"connect_args": {"timeout": 0}}
        db.init_app(app)

        def count_view(path):
            row = insert(Page).values(path=path, views=1)
            statement = row.on_conflict_do_update(index_elements=[Page.path], set_={"views": new(db, Page, row, path)})
            db.session.execute(statement)
            db.session.commit()

        def call():
            with app.app_context():
                count_view("/")

        with app.app_context():
            db.create_all()
            engine = db.engine
        call()
        main, sent = threading.current_thread(), []

        def interrupt(*arguments):
            if threading.current_thread() is main:
                sent.append(arguments[2])
                if len(sent) == number + 1:
                    other = threading.Thread(target=call)
                    other.start()
                    other.join()

        event.listen(engine, "before_cursor_execute", interrupt)
        try:
            call()
            event.remove(engine, "before_cursor_execute", interrupt)
            with app.app_context():
                return db.session.scalar(select(Page.views)), len(sent)
        finally:
            engine.dispose()


def excluded():
    return outcome(lambda db, page, row, path: row.excluded.views + 1), THREE_ALWAYS


def coalesce():
    return outcome(lambda db, page, row, path: func.coalesce(row.excluded.views, 0) + 1), THREE_ALWAYS


def read_before():
    def new(db, page, row, path):
        return (db.session.scalar(select(page.views).filter_by(path=path)) or 0) + 1

    return outcome(new), THREE_ALWAYS


def stored():
    return outcome(lambda db, page, row, path: page.views + 1), THREE_ALWAYS


def aggregate():
    try:
        return outcome(lambda db, page, row, path: func.max(page.views) + 1), THREE_ALWAYS
    except OperationalError as error:
        return type(error), THREE_ALWAYS


def row_count():
    try:
        return outcome(lambda db, page, row, path: func.count(page.path) + 1), THREE_ALWAYS
    except OperationalError as error:
        return type(error), THREE_ALWAYS
