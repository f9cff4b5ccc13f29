"""What the client gets: pairs of (status, rows made before the first was sent, rows sent, Content-Length)."""

import logging

from flask import Flask, request
from werkzeug.test import create_environ

ROWS = 1000  # stands for the million


def got():
    logging.disable(logging.CRITICAL)
    app = Flask(__name__)
    made = []
    seen = {}

    @app.after_request
    def log_size(response):
        app.logger.info("%s %d", request.path, len(response.get_data()))
        return response

    @app.get("/export")
    def export():
        def generate():
            for number in range(ROWS):
                made.append(number)
                yield f"{number:04}\n"

        return generate()

    body = iter(app(create_environ("/export"), lambda status, headers: seen.update(headers, status=status)))
    sent = [next(body, None)]
    before = len(made)
    sent += body
    return seen["status"], before, b"".join(piece for piece in sent if piece).count(b"\n"), seen.get("Content-Length")


def complete_but_late():
    return got(), ("200 OK", ROWS, ROWS, str(5 * ROWS))


def used_up():
    return got(), ("200 OK", ROWS, 0, "0")


def not_a_difference():
    return got(), ("200 OK", 1, ROWS, None)


def generated_twice():
    return got(), ("200 OK", ROWS + 1, ROWS, None)


def refused():
    return got()[0], "500 INTERNAL SERVER ERROR"


def first_piece():
    return got(), ("200 OK", 1, 1, "5")
