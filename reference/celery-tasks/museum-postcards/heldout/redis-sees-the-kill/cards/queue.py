"""The Celery app of a Flask app: how messages get to the worker, and what happens to those that it loses."""

from typing import Any

from celery import Celery, Task
from flask import Flask


def make_celery(app: Flask) -> Celery:
    """Makes the Celery app of ``app``; its tasks run in an app context."""

    class ContextTask(Task):
        def __call__(self, *args: Any, **kwargs: Any) -> Any:
            with app.app_context():
                return self.run(*args, **kwargs)

    celery = Celery("cards", broker=app.config["REDIS_URL"], task_cls=ContextTask, include=["cards.tasks"])
    celery.conf.update(
        task_serializer="json",
        accept_content=["json"],
        task_ignore_result=True,
        # A message is there until its work is done, also when a process or the whole worker is killed.
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        worker_prefetch_multiplier=1,
        broker_connection_retry_on_startup=True,
        broker_transport_options={"socket_connect_timeout": 1},
        # One more try for a connection that has gone stale; a Redis that is away is noticed at once.
        task_publish_retry_policy={"max_retries": 1, "interval_start": 0, "interval_step": 0.2, "interval_max": 0.2},
    )
    celery.set_default()
    app.extensions["celery"] = celery
    return celery
