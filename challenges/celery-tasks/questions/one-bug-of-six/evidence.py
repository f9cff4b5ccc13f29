"""Whether a test in eager mode notices a fault: pairs (observed, claimed)."""

from celery import Celery, Task, shared_task
from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from kombu.exceptions import EncodeError
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.pool import StaticPool


def fails(view, body):
    app = Flask("shop")
    app.config.update(
        TESTING=True,
        SQLALCHEMY_DATABASE_URI="sqlite://",
        SQLALCHEMY_ENGINE_OPTIONS={"poolclass": StaticPool},
    )
    db = SQLAlchemy(app)

    class FlaskTask(Task):
        def __call__(self, *args, **kwargs):
            with app.app_context():
                return self.run(*args, **kwargs)

    celery = Celery("shop", task_cls=FlaskTask)
    celery.config_from_object({"broker_url": "memory://", "task_always_eager": True, "task_eager_propagates": True})
    celery.set_default()
    done = []

    class Order(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)

    @shared_task
    def notify(argument):
        body(db, Order, argument)
        done.append(argument)

    @app.post("/orders")
    def place_order():
        order = Order()
        db.session.add(order)
        db.session.flush()
        view(notify, order)
        db.session.commit()
        return "", 201

    with app.app_context():
        db.create_all()
    try:
        status = app.test_client().post("/orders").status_code
    except (EncodeError, RuntimeError, AssertionError):
        return True
    return status != 201 or not done


def set_argument():
    return fails(lambda notify, order: notify.delay({3, 4}), lambda db, order, ids: list(ids)), True


def before_commit():
    def body(db, order, order_id):
        assert db.session.get(order, order_id) is not None

    return fails(lambda notify, order: notify.delay(order.id), body), True


def reads_request():
    return fails(lambda notify, order: notify.delay(7), lambda db, order, ids: request.headers.get("Accept")), True


def not_imported():
    return fails(lambda notify, order: notify.delay(7), lambda db, order, ids: None), True


def unread_queue():
    return fails(lambda notify, order: notify.apply_async([7], queue="slow"), lambda db, order, ids: None), True


def short_expiry():
    return fails(
        lambda notify, order: notify.apply_async([7], countdown=60, expires=30), lambda db, order, ids: None
    ), True
