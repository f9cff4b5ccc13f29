"""What get() does without a result backend: pairs (observed, claimed)."""

import time

from celery import Celery
from celery.exceptions import TimeoutError


def got():
    """(outcome, it took less than a second)"""
    celery_app = Celery("shop", broker="memory://")

    @celery_app.task
    def add(x, y):
        return x + y

    result = add.delay(2, 3)
    with celery_app.connection_for_read() as connection:
        arguments = connection.default_channel.basic_get("celery").payload[0]
    add.apply(arguments, task_id=result.id)
    start = time.monotonic()
    try:
        outcome = result.get(timeout=10)
    except Exception as error:
        outcome = type(error)
    return outcome, time.monotonic() - start < 1


def not_implemented():
    return got(), (NotImplementedError, True)


def returns_five():
    return got(), (5, True)


def returns_none():
    return got(), (None, True)


def times_out():
    return got(), (TimeoutError, False)


def waits_forever():
    return got(), ("nothing", False)


def runs_here():
    return got(), (5, True)
