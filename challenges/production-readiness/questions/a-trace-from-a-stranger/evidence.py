"""What becomes of the stranger's requests by each rule: pairs (observed, claimed)."""

import random
import re

from flask import Flask, request

STRANGER = "4bf92f3577b34da6a3ce929d0e0e4736"
FORM = re.compile(r"00-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})")


def outcome(shop_rule, stock_rule):
    """(about a tenth is recorded, no span in the stranger's trace, shop and stock in one trace and agreed)."""
    chance = random.Random(3)
    spans = []

    def draw():
        return chance.random() < 0.1

    def start():
        return f"{chance.getrandbits(128):032x}"

    def came():
        found = FORM.fullmatch(request.headers["traceparent"])
        return found[1], found[2] == "01"

    shop, stock = Flask("shop"), Flask("stock")

    @stock.get("/")
    def count():
        spans.append(stock_rule(*came(), start, draw))
        return "7"

    @shop.get("/")
    def page():
        trace, recorded = shop_rule(*came(), start, draw)
        spans.append((trace, recorded))
        onward = f"00-{trace}-{'b' * 16}-{'01' if recorded else '00'}"
        return stock.test_client().get("/", headers={"traceparent": onward}).text

    recorded, foreign, agreed = 0, False, True
    for _ in range(400):
        spans.clear()
        shop.test_client().get("/", headers={"traceparent": f"00-{STRANGER}-00f067aa0ba902b7-01"})
        recorded += any(flag for _, flag in spans)
        foreign |= any(flag and trace == STRANGER for trace, flag in spans)
        agreed &= spans[0] == spans[1]
    return 0.05 < recorded / 400 < 0.15, not foreign, agreed


CLAIMED = (True, True, True)


def follow(trace, flag, start, draw):
    return trace, flag


def own(trace, flag, start, draw):
    return start(), draw()


def form_is_checked():
    return outcome(follow, follow), CLAIMED


def id_kept():
    return outcome(lambda trace, flag, start, draw: (trace, draw()), follow), CLAIMED


def edge_starts():
    return outcome(own, follow), CLAIMED


def each_starts():
    return outcome(own, own), CLAIMED


def stock_starts():
    return outcome(follow, own), CLAIMED


def new_id_old_flag():
    return outcome(lambda trace, flag, start, draw: (start(), flag), follow), CLAIMED
