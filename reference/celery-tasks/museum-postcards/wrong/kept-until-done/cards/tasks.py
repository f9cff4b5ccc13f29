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
        task_soft_time_limit=app.config["PRESS_SECONDS"],
        task_ignore_result=True,
    )
    celery.set_default()
    app.extensions["celery"] = celery


@shared_task(bind=True, max_retries=MOST_CALLS - 1)
def print_postcard(self: Task, postcard_id: int) -> None:
    """Has a postcard printed. May run more than once for a card, and at the same time."""
    postcard = db.session.get(Postcard, postcard_id)
    if postcard is None or postcard.status != "waiting":
        return
    recipient, text = postcard.recipient, postcard.text
    db.session.rollback()  # no transaction stays open while the print house works
    try:
        tracking = press.print_card(f"postcard-{postcard_id}", recipient, text)
    except press.PressRefused:
        settle(postcard_id, status="failed")
    except (press.PressUnavailable, SoftTimeLimitExceeded) as error:
        if self.request.retries < self.max_retries:
            raise self.retry(exc=error, countdown=current_app.config["RETRY_SECONDS"]) from error
        settle(postcard_id, status="failed")
    else:
        settle(postcard_id, status="printed", tracking=tracking)


def settle(postcard_id: int, **values: str) -> None:
    """Writes down how it ended, and charges the member for a printed card: for one run per card, whoever is first."""
    changed = db.session.execute(
        update(Postcard)
        .where(Postcard.id == postcard_id, Postcard.status == "waiting")
        .values(**values)
        .returning(Postcard.member_id)
    ).scalar()
    if changed is not None and values["status"] == "printed":
        db.session.add(Charge(member_id=changed, postcard_id=postcard_id))
    db.session.commit()
