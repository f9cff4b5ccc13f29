"""What the loop does between the soft and the hard limit: pairs (observed, claimed)."""

import os
import signal

from billiard import common
from billiard.pool import soft_timeout_sighandler
from celery import Celery, shared_task
from celery.platforms import signals


def minute():
    """(documents logged as failed, the loop still ran at 60 seconds, and SIGTERM ended it then)"""
    celery = Celery("shop", broker="memory://")
    celery.set_default()
    assert signals.signum("USR1") == signal.SIGUSR1
    signal.signal(signal.SIGUSR1, soft_timeout_sighandler)
    common._should_have_exited[0] = False
    term = signal.signal(signal.SIGTERM, common._shutdown_cleanup)  # as in a child of the pool
    failed = []

    def index(document_id):
        if document_id == 50:
            os.kill(os.getpid(), signal.SIGUSR1)
        if document_id == 60:
            os.kill(os.getpid(), signal.SIGTERM)

    @shared_task(soft_time_limit=50, time_limit=60)
    def rebuild_index(document_ids):
        for document_id in document_ids:
            try:
                index(document_id)
            except Exception:
                failed.append(document_id)

    try:
        rebuild_index(list(range(1, 501)))
    except SystemExit:
        return len(failed), True
    except Exception:
        return len(failed), False
    finally:
        signal.signal(signal.SIGTERM, term)
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


def hard_swallowed():
    return minute(), (2, False)
