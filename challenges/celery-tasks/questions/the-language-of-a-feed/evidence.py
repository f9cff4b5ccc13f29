"""What the chain hands to store: pairs (observed, claimed)."""

from celery import Celery, chain, shared_task

CLAIMED = "de: FEED 3"


def printed(last=lambda store: store.s("de"), swapped=False, pipes=False):
    celery = Celery("shop", broker="memory://")
    celery.conf.update(task_always_eager=True, task_eager_propagates=True)
    celery.set_default()
    lines = []

    @shared_task
    def fetch(feed_id):
        return f"feed {feed_id}"

    @shared_task
    def parse(text):
        return text.upper()

    def stored(language, text):
        lines.append(f"{language}: {text}")

    def stored_swapped(text, language):
        lines.append(f"{language}: {text}")

    store = shared_task(stored_swapped if swapped else stored)
    try:
        if pipes:
            (fetch.s(3) | parse.s() | last(store))()
        else:
            chain(fetch.s(3), parse.s(), last(store))()
    except TypeError as error:
        return type(error)
    return lines[0]


def parameter_order():
    return printed(swapped=True), CLAIMED


def keyword():
    return printed(last=lambda store: store.s(language="de")), CLAIMED


def immutable():
    return printed(last=lambda store: store.si("de")), CLAIMED


def immutable_keyword():
    return printed(last=lambda store: store.s("de", immutable=True)), CLAIMED


def signature():
    return printed(last=lambda store: store.signature(("de",))), CLAIMED


def pipes():
    return printed(pipes=True), CLAIMED
