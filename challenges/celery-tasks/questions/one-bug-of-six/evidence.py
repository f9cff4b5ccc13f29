"""Whether a test in eager mode notices a fault: pairs (observed, claimed)."""

import time

from celery import Celery, Task, shared_task
from flask import Flask, request
from kombu.exceptions import EncodeError


def fails(view, body, **options):
    app = Flask("shop")
    app.testing = True

    class FlaskTask(Task):
        def __call__(self, *args, **kwargs):
            with app.app_context():
                return self.run(*args, **kwargs)

    celery = Celery("shop", task_cls=FlaskTask)
    celery.config_from_object({"broker_url": "memory://", "task_always_eager": True, "task_eager_propagates": True})
    celery.set_default()
    done = []

    @shared_task(**options)
    def notify(argument):
        body(argument)
        done.append(argument)

    @app.post("/orders")
    def place_order():
        view(notify)
        return "", 201

    try:
        status = app.test_client().post("/orders").status_code
    except (EncodeError, RuntimeError):
        return True
    return status != 201 or not done


def set_argument():
    return fails(lambda notify: notify.delay({3, 4}), lambda ids: list(ids)), True


def short_limit():
    return fails(lambda notify: notify.delay(7), lambda ids: time.sleep(1.2), time_limit=1), True


def reads_request():
    return fails(lambda notify: notify.delay(7), lambda ids: request.headers.get("Accept")), True


def not_imported():
    return fails(lambda notify: notify.delay(7), lambda ids: None), True


def unread_queue():
    return fails(lambda notify: notify.apply_async([7], queue="slow"), lambda ids: None), True


def short_expiry():
    return fails(lambda notify: notify.apply_async([7], countdown=60, expires=30), lambda ids: None), True
