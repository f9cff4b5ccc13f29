"""Which of the two tasks a worker runs with each command: pairs (observed, claimed)."""

from celery import Celery
from celery.bin.worker import worker

CLAIMED = {"tasks.send_mail": True, "tasks.make_invoice": True}


def served(*arguments):
    celery = Celery("shop", broker="memory://")
    celery.conf.task_routes = {"tasks.send_mail": {"queue": "mail"}}
    options = worker.make_context("worker", list(arguments), resilient_parsing=True).params
    celery.amqp.queues.select(options["queues"])
    celery.amqp.queues.deselect(options["exclude_queues"])
    read = set(celery.amqp.queues.consume_from)
    routed = {name: celery.amqp.router.route({}, name)["queue"].name for name in CLAIMED}
    return {name: queue in read for name, queue in routed.items()}


def both_queues():
    return served("-Q", "celery,mail"), CLAIMED


def mail_only():
    return served("-Q", "mail"), CLAIMED


def named_worker():
    return served("-n", "mail@%h"), CLAIMED


def more_processes():
    return served("-c", "8"), CLAIMED


def excluded_default():
    return served("-X", "celery"), CLAIMED


def fair():
    return served("-O", "fair"), CLAIMED
