"""What comes of the two calls of the stem: (errors, stock)."""

import tempfile
import threading

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column


def outcome():
    with tempfile.TemporaryDirectory() as folder:
        db = SQLAlchemy()

        class Item(db.Model):
            id: Mapped[int] = mapped_column(primary_key=True)
            stock: Mapped[int]

        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/items.db"
        db.init_app(app)
        with app.app_context():
            db.create_all()
            db.session.add(Item(id=1, stock=5))
            db.session.commit()
            engine = db.engine
        errors = []
        second_has_read, first_has_committed = threading.Event(), threading.Event()

        def take_one():
            query = select(Item).where(Item.id == 1).with_for_update()
            item = db.session.scalars(query).one()
            item.stock -= 1
            db.session.commit()

        def call():
            try:
                with app.app_context():
                    take_one()
            except SQLAlchemyError as error:
                errors.append(type(error).__name__)

        def second_call():
            call()
            second_has_read.set()

        second = threading.Thread(target=second_call)

        def steps(connection, cursor, statement, *rest):
            if statement.startswith("UPDATE"):
                if threading.current_thread() is second:
                    second_has_read.set()
                    first_has_committed.wait(5)
                else:
                    second.start()
                    second_has_read.wait(5)

        event.listen(engine, "before_cursor_execute", steps)
        call()
        first_has_committed.set()
        second.join()
        with app.app_context():
            stock = db.session.scalar(select(Item.stock))
        engine.dispose()
        return errors, stock


def waits():
    return outcome(), ([], 3)


def locked():
    return outcome(), (["OperationalError"], 4)


def lost():
    return outcome(), ([], 4)


def not_compiled():
    return outcome(), (["CompileError", "CompileError"], 5)


def syntax():
    return outcome(), (["OperationalError", "OperationalError"], 5)


def stale():
    return outcome(), (["StaleDataError"], 4)
