"""What the arguments of a task are after their way through a broker: pairs (observed, claimed)."""

from datetime import date, datetime

from celery import Celery, shared_task


def arrived():
    celery = Celery("shop", broker="memory://")
    celery.set_default()

    @shared_task
    def notify(states, window, day): ...

    notify.delay({7: "paid"}, (9, 17), date(2026, 5, 1))
    with celery.connection_for_read() as connection:
        arguments, _, _ = connection.default_channel.basic_get("celery").payload
    return tuple((type(argument), argument) for argument in arguments)


def typed(*values):
    return tuple((type(value), value) for value in values)


def string_key_list_date():
    return arrived(), typed({"7": "paid"}, [9, 17], date(2026, 5, 1))


def all_as_sent():
    return arrived(), typed({7: "paid"}, (9, 17), date(2026, 5, 1))


def plain_json():
    return arrived(), typed({"7": "paid"}, [9, 17], "2026-05-01")


def key_kept():
    return arrived(), typed({7: "paid"}, [9, 17], "2026-05-01")


def tuple_kept():
    return arrived(), typed({"7": "paid"}, (9, 17), "2026-05-01")


def midnight():
    return arrived(), typed({7: "paid"}, (9, 17), datetime(2026, 5, 1))
