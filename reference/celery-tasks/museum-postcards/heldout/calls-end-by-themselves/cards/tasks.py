"""What the worker does."""

from celery import Task, shared_task
from flask import current_app
from sqlalchemy.exc import OperationalError

from cards import press
from cards.models import Charge, Postcard, db

CALLS = 5


@shared_task(
    bind=True,
    name="cards.print_postcard",
    autoretry_for=(OperationalError,),  # the database is busy
    max_retries=None,
    default_retry_delay=1,
)
def print_postcard(self: Task, postcard_id: int, failures: int = 0) -> None:
    """Makes one call for a postcard of which so many calls have failed."""
    postcard = db.session.get(Postcard, postcard_id)
    if postcard is None or postcard.status != "waiting":
        return
    if postcard.failures > failures:
        return  # a repeated message: another one makes the next call, in its time
    recipient, text = postcard.recipient, postcard.text
    db.session.rollback()  # nothing is locked during the call
    try:
        tracking = press.print_card(f"postcard-{postcard_id}", recipient, text)
    except press.PressRefused:
        settle_failed(postcard_id)
    except press.PressUnavailable:
        try_again(self, postcard_id)
    else:
        settle_printed(postcard_id, tracking)


def settle_printed(postcard_id: int, tracking: str) -> None:
    """Notes that a postcard is printed, and charges it, if nobody has done so before."""
    changed = db.session.execute(
        db.update(Postcard)
        .where(Postcard.id == postcard_id, Postcard.status != "printed")
        .values(status="printed", tracking=tracking)
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount:
        db.session.add(Charge(member_id=db.session.get(Postcard, postcard_id).member_id, postcard_id=postcard_id))
    db.session.commit()


def settle_failed(postcard_id: int) -> None:
    """Notes that a postcard is not printed."""
    db.session.execute(
        db.update(Postcard).where(Postcard.id == postcard_id, Postcard.status == "waiting").values(status="failed")
    )
    db.session.commit()


def try_again(task: Task, postcard_id: int) -> None:
    """Counts a failed call, and sees to the next one."""
    failures = db.session.scalar(
        db.update(Postcard)
        .where(Postcard.id == postcard_id, Postcard.status == "waiting")
        .values(failures=Postcard.failures + 1)
        .returning(Postcard.failures)
        .execution_options(synchronize_session=False)
    )
    if failures is None:
        db.session.rollback()
    elif failures >= CALLS:
        settle_failed(postcard_id)
    else:
        # Sent before it is counted: no message is dropped as a repeated one while the next one isn't there.
        task.apply_async(args=[postcard_id, failures], countdown=current_app.config["RETRY_SECONDS"])
        db.session.commit()
