"""The worker as a process: the engine, the loop, and the looking after the store, until it is asked to end."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from harness.domain.errors import UsageError
from harness.grading.station import lanes_here, station
from harness.services import attempts, privacy, uploading
from harness.store.base import app_for
from harness.worker import deliver
from harness.worker.exams import Exams
from harness.worker.likening import Likener
from harness.worker.post import MailServer, Postman, read_mail_server
from harness.worker.run import Worker

if TYPE_CHECKING:
    from flask import Flask

LOOK_AFTER_SECONDS = 2.0  # between two looks for parts whose time is up
log = logging.getLogger(__name__)


def work_by(environment: Mapping[str, str]) -> None:
    """Works as the environment says. Raises UsageError, GradingFault."""
    days = environment.get("ASSAY_KEEP_DAYS", "0")
    if not days.isdecimal():
        raise UsageError(f"ASSAY_KEEP_DAYS is {days!r}; it is a number of days, 0 for ever.")
    mail = read_mail_server(environment)
    private = environment.get("ASSAY_PRIVATE_WEBHOOKS", "").lower() in {"1", "yes", "true"}
    url, runtime = environment["ASSAY_DATABASE_URL"], environment.get("ASSAY_RUNTIME", "runc")
    work(url, runtime, int(days), mail, private_hooks=private)


def work(
    database_url: str,
    runtime: str = "runc",
    keep_days: int = 0,
    mail: MailServer | None = None,
    *,
    private_hooks: bool = False,
) -> None:
    """Grades what comes into the queue, until SIGTERM or SIGINT. Raises GradingFault where there is no engine.

    ``keep_days``: invited people are erased so long after they finished; 0 is never. ``mail``: who takes mails, if any.
    ``private_hooks``: webhooks may be within one's own network.
    """
    app, stopping = app_for(database_url), threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    lanes = lanes_here()
    beside = [
        threading.Thread(target=look_after, args=(app, stopping, keep_days), name="keeper"),
        threading.Thread(target=Likener(app, stopping).run, name="likener"),
        threading.Thread(target=tell, args=(app, stopping, private_hooks), name="teller"),
    ]
    if mail is not None:
        beside.append(threading.Thread(target=Postman(app, mail, stopping).run, name="postman"))
    for thread in beside:
        thread.start()
    try:
        with station(runtime, spare=2 * lanes, progress=log.info, lanes=lanes) as grader, Exams() as exams:
            worker = Worker(app, grader, exams, stopping)
            log.info("worker ready", extra={"worker": worker.name, "image": grader.environment.image})
            worker.run()
    finally:
        stopping.set()
        for thread in beside:
            thread.join()


def tell(app: Flask, stopping: threading.Event, private: bool) -> None:
    """Sends what webhooks are to be told, apart from all else: a receiver may take its time."""
    while not stopping.wait(LOOK_AFTER_SECONDS):
        with app.app_context():
            try:
                if sent := deliver.deliver_due(private=private):
                    log.info("webhooks told", extra={"messages": sent})
            except Exception:  # a database that is away comes back
                log.exception("could not tell webhooks")


def look_after(app: Flask, stopping: threading.Event, keep_days: int = 0) -> None:
    """Ends the parts whose time is up, and erases what is kept no longer. Several workers may do so at once."""
    while not stopping.wait(LOOK_AFTER_SECONDS):
        with app.app_context():
            try:
                if ended := attempts.end_overdue():
                    log.info("parts ended: their time was up", extra={"parts": ended})
                if forgotten := uploading.forget_old():
                    log.info("uploads forgotten: nobody stored them", extra={"uploads": forgotten})
                if keep_days and (erased := privacy.erase_old(timedelta(days=keep_days))):
                    log.info("people erased: their time was over", extra={"people": erased})
            except Exception:  # a database that is away comes back
                log.exception("could not look after the store")
