"""The work that is done in the worker, and what connects Celery with the app."""

from typing import Any

from celery import Celery, Task, shared_task
from celery.exceptions import SoftTimeLimitExceeded
from flask import Flask, current_app
from sqlalchemy import update

from cards import press
from cards.models import Charge, Postcard, db

MOST_CALLS = 5


def init_celery(app: Flask) -> None:
    """Gives the app a Celery app of its own, whose tasks run in an application context."""

    class ContextTask(Task):
        def __call__(self, *args: Any, **kwargs: Any) -> Any:
            with app.app_context():
                return super().__call__(*args, **kwargs)

    celery = Celery(app.name, task_cls=ContextTask)
    celery.conf.update(
        broker_url=app.config["REDIS_URL"],
        broker_transport_options={"visibility_timeout": app.config["REDELIVERY_SECONDS"]},
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_soft_time_limit=app.config["PRESS_SECONDS"],
        task_ignore_result=True,
    )
    celery.set_default()
    app.extensions["celery"] = celery


@shared_task(bind=True, max_retries=MOST_CALLS - 1)
def print_postcard(self: Task, postcard_id: int) -> None:
    """Has a postcard printed. What it has written is undone if it does not come to its end."""
    begun = db.session.execute(
        update(Postcard)
        .where(Postcard.id == postcard_id, Postcard.status == "waiting")
        .values(status="printed")
        .returning(Postcard.recipient, Postcard.text)
    ).first()
    if begun is None:
        return
    recipient, text = begun  # from here on the row is locked against other runs
    try:
        tracking = press.print_card(f"postcard-{postcard_id}", recipient, text)
    except press.PressRefused:
        settle(postcard_id, status="failed")
    except (press.PressUnavailable, SoftTimeLimitExceeded) as error:
        db.session.rollback()
        if self.request.retries < self.max_retries:
            raise self.retry(exc=error, countdown=current_app.config["RETRY_SECONDS"]) from error
        settle(postcard_id, status="failed")
    else:
        settle(postcard_id, status="printed", tracking=tracking)


def settle(postcard_id: int, **values: str) -> None:
    """Writes down how it ended, and charges the member for a printed card."""
    postcard = db.session.get_one(Postcard, postcard_id)
    for name, value in values.items():
        setattr(postcard, name, value)
    if postcard.status == "printed":
        db.session.add(Charge(member_id=postcard.member_id, postcard_id=postcard.id))
    db.session.commit()
