"""How many messages a line sends, and how often the function runs here: pairs (observed, claimed)."""

from celery import Celery, shared_task

CLAIMED = (1, 0)


def outcome(line):
    celery = Celery("shop", broker="memory://")
    celery.set_default()
    runs = []

    @shared_task
    def resize(photo_id, width):
        runs.append(photo_id)

    try:
        line(resize)
    except TypeError as error:
        return type(error)
    with celery.connection_for_read() as connection:
        queue = connection.SimpleQueue("celery")
        return queue.qsize(), len(runs)


def apply_async():
    return outcome(lambda resize: resize.apply_async([7, 640])), CLAIMED


def apply():
    return outcome(lambda resize: resize.apply([7, 640])), CLAIMED


def direct_call():
    return outcome(lambda resize: resize(7, 640)), CLAIMED


def delay_list():
    return outcome(lambda resize: resize.delay([7, 640])), CLAIMED


def signature():
    return outcome(lambda resize: resize.s(7, 640)), CLAIMED


def delay_keywords():
    return outcome(lambda resize: resize.delay(args=[7, 640])), CLAIMED
