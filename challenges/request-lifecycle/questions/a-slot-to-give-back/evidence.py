"""Whether a slot is held, and comes back once: pairs of ([free while sending, ...], [free after each case])."""

import threading

from flask import Flask, Response, abort, after_this_request, request
from werkzeug.test import create_environ

HELD = ([19, 19], [20, 20, 20])


def slots_of(body=None, finish=None, teardown=False):
    """The free slots while two bodies are sent, and after a whole body, one that is left half way, and a HEAD."""

    def case(method, chunks):
        app = Flask(__name__)
        slots = threading.BoundedSemaphore(20)

        @app.get("/export")
        def export():
            if not slots.acquire(blocking=False):
                abort(503)

            def generate():
                yield from ("id\n", "1\n", "2\n")

            response = Response((body or (lambda rows, slots: rows()))(generate, slots), mimetype="text/csv")
            if finish:
                finish(response, slots)
            return response

        if teardown:

            @app.teardown_request
            def release(error):
                if request.endpoint == "export":
                    slots.release()

        sent = iter(app(create_environ("/export", method=method), lambda status, headers: None))
        held = []
        for _ in range(chunks):
            next(sent, None)
            held.append(slots._value)
        if chunks == 2:
            list(sent)
        sent.close()
        return held, slots._value

    whole, left, head = case("GET", 2), case("GET", 1), case("HEAD", 0)
    return [whole[0][0], left[0][0]], [whole[1], left[1], head[1]]


def on_close():
    return slots_of(finish=lambda response, slots: response.call_on_close(slots.release)), HELD


def finally_block():
    def body(rows, slots):
        try:
            yield from rows()
        finally:
            slots.release()

    return slots_of(body), HELD


def last_line():
    def body(rows, slots):
        yield from rows()
        slots.release()

    return slots_of(body), HELD


def generator_exit():
    def body(rows, slots):
        try:
            yield from rows()
        except GeneratorExit:
            slots.release()

    return slots_of(body), HELD


def after_this_one():
    def finish(response, slots):
        @after_this_request
        def release(response):
            slots.release()
            return response

    return slots_of(finish=finish), HELD


def teardown():
    return slots_of(teardown=True), HELD
