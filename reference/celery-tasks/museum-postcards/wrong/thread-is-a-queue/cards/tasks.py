"""The work that is done in the background, by threads."""

import time
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as CallTooLong

from flask import Flask, current_app
from sqlalchemy import update

from cards import press
from cards.models import Charge, Postcard, db

MOST_CALLS = 5


def init_printing(app: Flask) -> None:
    """Gives the app threads that print, and others that make the calls."""
    app.extensions["printing"] = ThreadPoolExecutor(8), ThreadPoolExecutor(16)


def print_in_background(postcard_id: int) -> None:
    """Returns at once; a thread does the work."""
    app = current_app._get_current_object()
    workers, _ = app.extensions["printing"]
    workers.submit(run, app, postcard_id)


def run(app: Flask, postcard_id: int) -> None:
    with app.app_context():
        print_postcard(postcard_id)


def print_postcard(postcard_id: int) -> None:
    """Has a postcard printed."""
    _, callers = current_app.extensions["printing"]
    for number in range(MOST_CALLS):
        if number:
            time.sleep(current_app.config["RETRY_SECONDS"])
        postcard = db.session.get_one(Postcard, postcard_id)
        call = callers.submit(press.print_card, f"postcard-{postcard_id}", postcard.recipient, postcard.text)
        db.session.rollback()  # no transaction stays open while the print house works
        try:
            tracking = call.result(current_app.config["PRESS_SECONDS"])
        except press.PressRefused:
            break
        except (press.PressUnavailable, CallTooLong):
            continue
        settle(postcard_id, status="printed", tracking=tracking)
        return
    settle(postcard_id, status="failed")


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
