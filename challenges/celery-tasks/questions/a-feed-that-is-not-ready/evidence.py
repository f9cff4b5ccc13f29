"""What one run does to the broker and the feed: pairs (observed, claimed)."""

from types import SimpleNamespace

from celery import Celery, shared_task
from celery.app.trace import build_tracer


def work(celery):
    """Takes a message from the queue and runs its task as a worker does."""
    with celery.connection_for_read() as connection:
        message = connection.default_channel.basic_get("celery", no_ack=True)
    args, kwargs, _ = message.payload
    task = celery.tasks[message.headers["task"]]
    request = {**message.headers, "delivery_info": message.delivery_info}
    return build_tracer(task.name, task, app=celery)(message.headers["id"], args, kwargs, request)


def run():
    """(retries in the queue, calls of store, calls of mark_failed)"""
    celery = Celery("shop", broker="memory://")
    celery.set_default()
    calls = []

    def load(feed_id):
        return SimpleNamespace(ready=False, store=lambda: calls.append("store"))

    def mark_failed(feed_id):
        calls.append("mark_failed")

    @shared_task(bind=True, max_retries=3, default_retry_delay=60)
    def import_feed(self, feed_id):
        try:
            feed = load(feed_id)
            if not feed.ready:
                self.retry()
            feed.store()
        except Exception:
            mark_failed(feed_id)

    import_feed.delay(7)
    work(celery)
    with celery.connection_for_read() as connection:
        sent = connection.SimpleQueue("celery").qsize()
    return sent, calls.count("store"), calls.count("mark_failed")


def sent_and_marked():
    return run(), (1, 0, 1)


def sent_not_marked():
    return run(), (1, 0, 0)


def sent_and_stored():
    return run(), (1, 1, 0)


def not_sent_marked():
    return run(), (0, 0, 1)


def waits_here():
    return run(), (0, 0, 0)


def retry_rejected():
    return run(), (0, 0, 1)
