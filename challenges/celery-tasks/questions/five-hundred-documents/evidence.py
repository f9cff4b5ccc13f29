"""What the loop does between the soft and the hard limit: pairs (observed, claimed)."""

import os
import signal

from billiard.pool import soft_timeout_sighandler
from celery import Celery, shared_task
from celery.platforms import signals


class Killed(BaseException):
    """Stands for the end of the process: nothing in the task may catch it."""


def minute():
    """(documents logged as failed, the loop still ran at 60 seconds)"""
    celery = Celery("shop", broker="memory://")
    celery.set_default()
    assert signals.signum("USR1") == signal.SIGUSR1
    signal.signal(signal.SIGUSR1, soft_timeout_sighandler)
    failed = []

    def index(document_id):
        if document_id == 50:
            os.kill(os.getpid(), signal.SIGUSR1)
        if document_id == 60:
            raise Killed

    @shared_task(soft_time_limit=50, time_limit=60)
    def rebuild_index(document_ids):
        for document_id in document_ids:
            try:
                index(document_id)
            except Exception:
                failed.append(document_id)

    try:
        rebuild_index(list(range(1, 501)))
    except Killed:
        return len(failed), True
    except Exception:
        return len(failed), False
    return len(failed), False


def swallowed():
    return minute(), (1, True)


def ends_soft():
    return minute(), (0, False)


def each_fails():
    return minute(), (10, True)


def warning_only():
    return minute(), (0, True)


def sent_again():
    return minute(), (0, False)
