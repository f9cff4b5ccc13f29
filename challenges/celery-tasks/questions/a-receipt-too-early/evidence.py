"""Whether a task that runs the moment it is sent finds the order: pairs (observed, claimed)."""

import contextlib
import tempfile
from pathlib import Path

from celery import Celery, Task, shared_task
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.orm import Mapped, mapped_column


def found(first=False, before=lambda db, order: None, block=None, in_task=lambda db: None, **options):
    with tempfile.TemporaryDirectory() as folder:
        app = Flask("shop")
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{Path(folder, 'shop.db')}"
        db = SQLAlchemy(app)

        class FlaskTask(Task):
            def __call__(self, *args, **kwargs):
                with app.app_context():
                    return self.run(*args, **kwargs)

        celery = Celery("shop", task_cls=FlaskTask, broker="memory://")
        celery.conf.task_always_eager = True
        celery.set_default()
        seen = []

        class Order(db.Model):
            id: Mapped[int] = mapped_column(primary_key=True)
            customer_id: Mapped[int]

        @shared_task(**options)
        def send_receipt(order_id):
            in_task(db)
            seen.append(db.session.get(Order, order_id) is not None)

        @app.post("/orders")
        def place_order():
            order = Order(customer_id=7)
            with block(db) if block else contextlib.nullcontext():
                db.session.add(order)
                db.session.flush()
            before(db, order)
            if first:
                db.session.commit()
            send_receipt.delay(order.id)
            db.session.commit()
            return {"id": order.id}, 201

        with app.app_context():
            with db.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA journal_mode=WAL")
            db.create_all()
            db.engine.dispose()
            event.listen(db.engine, "connect", lambda connection, record: setattr(connection, "isolation_level", None))
            event.listen(db.engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
        assert app.test_client().post("/orders").status_code == 201
        with app.app_context():
            db.engine.dispose()
        return seen


def commit_first():
    return found(first=True), [True]


def refresh():
    return found(before=lambda db, order: db.session.refresh(order)), [True]


def savepoint():
    return found(block=lambda db: db.session.begin_nested()), [True]


def expire():
    return found(in_task=lambda db: db.session.expire_all()), [True]


def late_ack():
    return found(acks_late=True), [True]
