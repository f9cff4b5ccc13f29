"""Where the stock service's span hangs: pairs (observed, claimed)."""

import re

from flask import Flask, request

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
SPAN = "b7ad6b7169203331"


def child(header):
    """(trace, parent, recorded) of the span of a service that reads version 00 of the standard."""
    stock = Flask(__name__)

    @stock.get("/stock")
    def count():
        found = re.fullmatch(r"00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})", request.headers["traceparent"])
        if found is None:
            return {"trace": None, "parent": None, "recorded": None}
        return {"trace": found[1], "parent": found[2], "recorded": bool(int(found[3], 16) & 1)}

    answer = stock.test_client().get("/stock", headers={"traceparent": header}).json
    return answer["trace"], answer["parent"], answer["recorded"]


CLAIMED = (TRACE, SPAN, True)


def as_it_came():
    return child(f"00-{TRACE}-00f067aa0ba902b7-01"), CLAIMED


def new_trace():
    return child(f"00-0af7651916cd43dd8448eb211c80319c-{SPAN}-01"), CLAIMED


def own_span():
    return child(f"00-{TRACE}-{SPAN}-01"), CLAIMED


def flag_off():
    return child(f"00-{TRACE}-{SPAN}-00"), CLAIMED


def appended():
    return child(f"00-{TRACE}-00f067aa0ba902b7-{SPAN}-01"), CLAIMED


def swapped():
    return child(f"00-{SPAN}-{TRACE}-01"), CLAIMED
