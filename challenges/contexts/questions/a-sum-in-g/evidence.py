"""What the view answers, whichever price arrives first: pairs (observed, claimed)."""

import asyncio
from itertools import permutations

from flask import Flask, g


def answers():
    """The answers for all orders of arrival; 500 for an error."""
    found = set()
    for order in permutations("abc"):
        app = Flask(__name__)

        async def price(shop, order=order):
            for _ in range(order.index(shop)):
                await asyncio.sleep(0)
            return 10

        @app.get("/total")
        async def total():
            g.total = 0

            async def add(shop):
                amount = await price(shop)
                g.total += amount

            await asyncio.gather(add("a"), add("b"), add("c"))
            return str(g.total)

        response = app.test_client().get("/total")
        found.add(response.text if response.status_code == 200 else response.status_code)
    return found


def thirty():
    return answers(), {"30"}


def zero():
    return answers(), {"0"}


def ten():
    return answers(), {"10"}


def race():
    return answers(), {"10", "20", "30"}


def unbound():
    return answers(), {500}


def stopped():
    return answers(), {500}
