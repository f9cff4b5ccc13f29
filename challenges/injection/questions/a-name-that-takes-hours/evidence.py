"""Whether the same names are accepted, and whether the time stays in proportion: pairs of both.

Twelve letters more make the time of an exponential pattern 4096 times as long, that of a linear one less than thrice.
"""

import re
from itertools import product
from time import perf_counter

from flask import Flask, abort, request

ORIGINAL = re.compile(r"(\w+\s?)*")
RIGHT = (True, True)


def seconds(pattern, letters):
    name = "a" * letters + "!"
    best = 9.9
    for _ in range(5):
        begin = perf_counter()
        for _ in range(10):
            pattern.fullmatch(name)
        best = min(best, (perf_counter() - begin) / 10)
    return best


def compared(text):
    pattern = re.compile(text)
    app = Flask(__name__)

    @app.post("/names")
    def add():
        if not pattern.fullmatch(request.form["name"]):
            abort(400)
        return "", 204

    client = app.test_client()
    names = ["".join(parts) for length in range(5) for parts in product("a \n!", repeat=length)]
    accepted = {name for name in names if client.post("/names", data={"name": name}).status_code == 204}
    same = accepted == {name for name in names if ORIGINAL.fullmatch(name)}
    return same, seconds(pattern, 16) < 50 * seconds(pattern, 4)


def no_capture():
    return compared(r"(?:\w+\s?)*"), RIGHT


def lazy():
    return compared(r"(\w+?\s?)*?"), RIGHT


def bounded():
    return compared(r"(\w{1,40}\s?)*"), RIGHT


def one_letter():
    return compared(r"(?:\w\s?)*"), RIGHT


def anchored():
    return compared(r"^(\w+\s?)*$"), RIGHT


def alternatives():
    return compared(r"(\w+\s|\w+)*"), RIGHT
