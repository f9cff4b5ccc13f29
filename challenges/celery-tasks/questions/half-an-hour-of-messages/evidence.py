"""How many of beat's messages a worker runs that comes back late: pairs (observed, claimed)."""

from datetime import UTC, datetime, timedelta

from celery import Celery, schedules
from celery.beat import Scheduler
from celery.worker.request import Request


def runs(entry=None, **options):
    celery = Celery("shop", broker="memory://")

    @celery.task(name="tasks.refresh_prices", **options)
    def refresh_prices(): ...

    entry = {"task": "tasks.refresh_prices", "schedule": 60.0, **(entry or {})}
    celery.conf.beat_schedule = {"refresh-prices": entry}
    scheduler = Scheduler(celery)
    now = datetime.now(UTC)
    with celery.connection_for_write() as connection:
        producer = celery.amqp.Producer(connection)
        for minute in range(30):
            sent = now - timedelta(seconds=30 + 60 * minute)
            celery.now = lambda sent=sent: sent
            scheduler.apply_async(scheduler.schedule["refresh-prices"], producer=producer, advance=False)
        run = 0
        while (message := connection.default_channel.basic_get("celery")) is not None:
            request = Request(
                message,
                app=celery,
                on_ack=message.ack_log_error,
                on_reject=message.reject_log_error,
                connection_errors=(),
            )
            run += not request.revoked()
            if not message.acknowledged:
                message.ack()
        return run


def expires():
    return runs({"options": {"expires": 55}}), 1


def crontab():
    return runs({"schedule": schedules.crontab()}), 1


def relative():
    return runs({"relative": True}), 1


def time_limit():
    return runs(time_limit=55), 1


def no_retries():
    return runs(max_retries=0), 1


def rate_limit():
    return runs(rate_limit="1/m"), 1
