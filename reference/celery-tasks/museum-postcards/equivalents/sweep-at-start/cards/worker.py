"""The worker: tasks by hand, and a sweep for what an earlier worker has left lying."""

import contextlib
import os
import signal
from collections.abc import Iterator

from celery import Celery
from celery.signals import worker_ready
from sqlalchemy import select, update

from cards import create_app
from cards.models import Charge, Postcard, db
from cards.press import PressRefused, PressUnavailable, print_card

CALLS = 5

flask_app = create_app()
app = Celery("museum", broker=os.environ["REDIS_URL"])
app.conf.task_acks_late = app.conf.task_reject_on_worker_lost = True


@contextlib.contextmanager
def deadline(seconds: int) -> Iterator[None]:
    def ring(number: int, frame: object) -> None:
        raise PressUnavailable("too slow")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@app.task(name="press")
def press(number: int, call: int = 1) -> None:
    with flask_app.app_context():
        found = db.session.execute(
            select(Postcard.member_id, Postcard.recipient, Postcard.text).filter_by(id=number, status="waiting")
        ).first()
        db.session.close()
        if found:
            work(number, call, *found)


def work(number: int, call: int, member: int, recipient: str, text: str) -> None:
    try:
        with deadline(flask_app.config["PRESS_SECONDS"]):
            tracking = print_card(f"museum/{number}", recipient, text)
    except PressRefused:
        end(number, None)
    except PressUnavailable:
        if call == CALLS:
            end(number, None)
        else:
            press.apply_async((number, call + 1), countdown=flask_app.config["RETRY_SECONDS"])
    else:
        end(number, tracking, Charge(member_id=member, postcard_id=number))


def end(number: int, tracking: str | None, *charges: Charge) -> None:
    status = "printed" if tracking else "failed"
    won = db.session.execute(
        update(Postcard).filter_by(id=number, status="waiting").values(status=status, tracking=tracking)
    )
    if won.rowcount:
        db.session.add_all(charges)
    db.session.commit()


@worker_ready.connect
def sweep(**_: object) -> None:
    """No other worker runs: what is still waiting now may have lost its message. One too many does no harm."""
    with flask_app.app_context():
        waiting = db.session.scalars(select(Postcard.id).filter_by(status="waiting")).all()
    for number in waiting:
        press.delay(number)
