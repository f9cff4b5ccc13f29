"""For how long a client waits: pairs of seconds (as it stands, with gather); time is the event loop's, and jumps."""

import asyncio
import logging

from flask import Flask


class Jumping(asyncio.SelectorEventLoop):
    """An event loop that does not wait for its timers: its clock jumps to the next one."""

    def __init__(self):
        super().__init__()
        self.now = 0.0
        select = self._selector.select

        def jump(timeout=None):
            self.now += timeout or 0
            return select(0)

        self._selector.select = jump

    def time(self):
        return self.now


class Policy(asyncio.DefaultEventLoopPolicy):
    _loop_factory = Jumping


async def ask(service):
    await asyncio.sleep(1)
    return service


def waited():
    logging.disable(logging.CRITICAL)
    asyncio.set_event_loop_policy(Policy())
    app = Flask(__name__)
    seconds = {}

    async def end(path):
        seconds[path] = round(asyncio.get_running_loop().time())

    @app.get("/offer")
    async def offer():
        price = await ask("prices")
        stock = await ask("stock")
        stars = await ask("reviews")
        await end("offer")
        return {"price": price, "stock": stock, "stars": stars}

    @app.get("/gathered")
    async def gathered():
        answers = await asyncio.gather(ask("prices"), ask("stock"), ask("reviews"))
        price, stock, stars = answers
        await end("gathered")
        return {"price": price, "stock": stock, "stars": stars}

    client = app.test_client()
    both = [client.get(path) for path in ("/offer", "/gathered")]
    return [
        seconds[name] if response.status_code == 200 else "an error"
        for name, response in zip(("offer", "gathered"), both, strict=True)
    ]


def gather_gains():
    return waited(), [3, 1]


def async_gains():
    return waited(), [1, 1]


def nothing_gains():
    return waited(), [3, 3]


def gather_waits_in_turn():
    return waited(), [1, 3]


def gather_needs_asgi():
    return waited(), [3, "an error"]


def async_needs_asgi():
    return waited(), ["an error", "an error"]
