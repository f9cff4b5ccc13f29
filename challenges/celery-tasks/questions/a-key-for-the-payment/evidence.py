"""How often each of two orders is charged: pairs (observed, claimed)."""

from datetime import date, timedelta
from uuid import uuid4

from celery import Celery, shared_task

CLAIMED = [1, 1]


class Timeout(Exception):
    pass


def charges(key):
    celery = Celery("shop", broker="memory://")
    celery.set_default()
    seen, done, today = set(), {7: 0, 8: 0}, [date(2026, 5, 1)]

    @shared_task(bind=True, autoretry_for=(Timeout,), max_retries=3)
    def charge(self, order_id):
        value = key(self.request, order_id, today[0])
        if value not in seen:
            seen.add(value)
            done[order_id] += 1
        if self.request.retries == 0 and today[0] == date(2026, 5, 1):
            raise Timeout

    for _ in range(2):
        for order_id in done:
            charge.apply([order_id])
        today[0] += timedelta(days=1)
    return list(done.values())


def order():
    return charges(lambda request, order_id, today: f"order-{order_id}"), CLAIMED


def task_id():
    return charges(lambda request, order_id, today: request.id), CLAIMED


def random():
    return charges(lambda request, order_id, today: str(uuid4())), CLAIMED


def attempt():
    return charges(lambda request, order_id, today: f"{order_id}-{request.retries}"), CLAIMED


def day():
    return charges(lambda request, order_id, today: f"{order_id}-{today}"), CLAIMED


def root():
    return charges(lambda request, order_id, today: f"{request.root_id or request.id}-{order_id}"), CLAIMED
