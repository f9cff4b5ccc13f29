"""Whether the message is in the queue again after its child process was lost: pairs (observed, claimed)."""

import time

from billiard.einfo import ExceptionInfo
from billiard.exceptions import WorkerLostError
from celery import Celery
from celery.worker.request import Request


def queued_again(**settings):
    celery = Celery("shop", broker="memory://")
    celery.conf.update(settings)

    @celery.task(name="report")
    def report(): ...

    report.delay()
    with celery.connection_for_read() as connection:
        channel = connection.default_channel
        message = channel.basic_get("celery")
        request = Request(
            message,
            app=celery,
            on_ack=message.ack_log_error,
            on_reject=message.reject_log_error,
            connection_errors=(),
        )
        request.on_accepted(pid=1, time_accepted=time.monotonic())
        try:
            raise WorkerLostError("signal 9 (SIGKILL)")
        except WorkerLostError:
            request.on_failure(ExceptionInfo())
        return connection.SimpleQueue("celery").qsize() == 1


def late_and_reject():
    return queued_again(task_acks_late=True, task_reject_on_worker_lost=True), True


def late():
    return queued_again(task_acks_late=True, task_acks_on_failure_or_timeout=True), True


def late_not_on_failure():
    return queued_again(task_acks_late=True, task_acks_on_failure_or_timeout=False), True


def reject():
    return queued_again(task_reject_on_worker_lost=True), True


def autoretry():
    return queued_again(task_annotations={"*": {"autoretry_for": (Exception,)}}), True


def late_one_reserved():
    return queued_again(task_acks_late=True, worker_prefetch_multiplier=1), True
