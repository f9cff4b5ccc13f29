"""The Celery app and its one task."""

from __future__ import annotations

import os
from typing import Any

import celery
from celery.exceptions import SoftTimeLimitExceeded
from celery.utils.log import get_task_logger
from sqlalchemy.exc import IntegrityError

from cards.models import Charge, Postcard, db
from cards.press import PressRefused, PressUnavailable, print_card

log = get_task_logger(__name__)


def setting(name: str, default: int) -> int:
    return int(os.environ.get(name, default))


class Settings:
    broker_url = result_backend = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0")
    broker_transport_options = {
        "visibility_timeout": setting("REDELIVERY_SECONDS", 3600),
        "unacked_restore_interval": 1,
        "unacked_restore_throttle": 1,
    }
    worker_prefetch_multiplier = 1
    worker_lost_wait = 2


tasks = celery.Celery("cards")
tasks.config_from_object(Settings)


class PrintTask(celery.Task):
    """A task of a postcard, in an app context; one that fails for good leaves its postcard as failed."""

    flask_app: Any = None

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        from cards import create_app

        if PrintTask.flask_app is None:  # one for each process
            PrintTask.flask_app = create_app()
        with self.flask_app.app_context():
            return self.run(*args, **kwargs)

    def on_failure(self, exc: Exception, task_id: str, args: tuple[int], kwargs: dict[str, Any], einfo: Any) -> None:
        if isinstance(exc, (PressRefused, PressUnavailable, SoftTimeLimitExceeded)):
            with self.flask_app.app_context():
                postcard = db.session.get(Postcard, args[0])
                if postcard and postcard.status == "waiting":
                    postcard.status = "failed"
                    db.session.commit()


@tasks.task(
    base=PrintTask,
    acks_late=True,
    reject_on_worker_lost=True,
    autoretry_for=(PressUnavailable, SoftTimeLimitExceeded),
    max_retries=4,
    default_retry_delay=setting("RETRY_SECONDS", 60),
    soft_time_limit=setting("PRESS_SECONDS", 60),
)
def have_printed(postcard_id: int) -> str:
    postcard = db.session.get(Postcard, postcard_id)
    if postcard is None or postcard.charge is not None or postcard.status == "failed":
        return "nothing to do"
    recipient, text = postcard.recipient, postcard.text
    db.session.commit()
    tracking = print_card(str(postcard_id), recipient, text)
    postcard.charge = Charge(member_id=postcard.member_id, tracking=tracking)
    postcard.status = "printed"
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        log.info("postcard %s was charged meanwhile", postcard_id)
    return "done"
