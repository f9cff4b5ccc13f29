"""The name that the worker is started by."""

from cards.queue import tasks as celery

__all__ = ["celery"]
