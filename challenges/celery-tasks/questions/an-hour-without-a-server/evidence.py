"""How often a task runs, and what it fails with: pairs (observed, claimed)."""

from celery import Celery, shared_task
from celery.exceptions import MaxRetriesExceededError


def outcome():
    celery = Celery("shop", broker="memory://")
    celery.set_default()
    calls = []

    def download(address):
        calls.append(address)
        raise ConnectionError

    @shared_task(autoretry_for=(ConnectionError,), max_retries=3)
    def fetch_rates():
        return download("https://rates.example/today")

    result = fetch_rates.apply()
    return len(calls), type(result.result)


def four_connection():
    return outcome(), (4, ConnectionError)


def three_connection():
    return outcome(), (3, ConnectionError)


def four_exceeded():
    return outcome(), (4, MaxRetriesExceededError)


def three_exceeded():
    return outcome(), (3, MaxRetriesExceededError)


def once():
    return outcome(), (1, ConnectionError)


def without_end():
    return outcome(), (None, None)
