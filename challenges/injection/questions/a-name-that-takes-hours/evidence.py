"""Whether the same names are accepted, and whether the work grows in proportion to a name's length: pairs of both.

Work is CPU time of this thread, and it is compared with nothing but itself: how many times as much does a longer name
take? From 4 to 16 letters, that is 4096 times as much with an exponential pattern and at most 4 times with a linear
one; from 1,000 to 16,000 letters, 256 times as much with a quadratic pattern and 16 times with a linear one.
"""

import re
from itertools import product
from time import thread_time

from flask import Flask, abort, request

ORIGINAL = re.compile(r"(\w+\s?)*")
RIGHT = (True, True)


def work(pattern, letters):
    name = "a" * letters + "!"
    repeats = max(10, 400 // letters)
    least = None
    for _ in range(7):
        begin = thread_time()
        for _ in range(repeats):
            pattern.fullmatch(name)
        used = (thread_time() - begin) / repeats
        least = used if least is None else min(least, used)
    return least


def in_proportion(pattern):
    return work(pattern, 16) < 50 * work(pattern, 4) and work(pattern, 16_000) < 64 * work(pattern, 1_000)


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
    return same, in_proportion(pattern)


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
