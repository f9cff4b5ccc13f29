"""Which requests are recorded by each rule: pairs (observed, claimed)."""

import random

from flask import Flask, request

NAMES = ["shop", "stock", "supplier"]
REQUESTS = 300


def chain(rule):
    """Whether about a tenth is recorded at each entry, and whether all that is recorded is whole."""
    draw = random.Random(7)
    spans = []
    clients = {}

    def service(name, following):
        app = Flask(name)

        @app.get("/")
        def index():
            header = request.headers.get("traceparent")
            flag = None if header is None else header.endswith("-01")
            recorded = rule(name, flag, lambda: draw.random() < 0.1)
            spans.append(recorded)
            if following:
                onward = f"00-{'a' * 32}-{'b' * 16}-{'01' if recorded else '00'}"
                clients[following].get("/", headers={"traceparent": onward})
            return name

        return app.test_client()

    for name, following in zip(NAMES, [*NAMES[1:], None], strict=True):
        clients[name] = service(name, following)
    tenth, whole = [], []
    for name in NAMES:
        recorded = 0
        for _ in range(REQUESTS):
            spans.clear()
            clients[name].get("/")
            recorded += any(spans)
            whole.append(all(spans) or not any(spans))
        tenth.append(0.05 < recorded / REQUESTS < 0.15)
    return all(tenth), all(whole)


CLAIMED = (True, True)


def each_draws():
    return chain(lambda name, flag, draw: draw()), CLAIMED


def shop_draws():
    return chain(lambda name, flag, draw: draw() if flag is None and name == "shop" else bool(flag)), CLAIMED


def flag_or_draw():
    return chain(lambda name, flag, draw: bool(flag) or draw()), CLAIMED


def follow_or_draw():
    return chain(lambda name, flag, draw: draw() if flag is None else flag), CLAIMED


def flag_and_draw():
    return chain(lambda name, flag, draw: (flag is None or flag) and draw()), CLAIMED


def record_at_start():
    return chain(lambda name, flag, draw: True if flag is None else flag), CLAIMED
