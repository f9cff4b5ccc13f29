"""What stands on the error stream after one request: pairs (observed, claimed)."""

import io
import re

from flask import Flask


def lines():
    app = Flask(__name__)

    @app.post("/orders")
    def order():
        app.logger.info("order taken")
        app.logger.warning("stock is low")
        return "", 201

    stream = io.StringIO()
    app.test_client().post("/orders", errors_stream=stream)
    kinds = []
    for line in stream.getvalue().splitlines():
        formatted = re.fullmatch(r"\[[\d :,-]+\] (INFO|WARNING) in \w+: (.*)", line)
        kinds.append((formatted[2], "formatted") if formatted else (line, "bare"))
    return kinds


def both_formatted():
    return lines(), [("order taken", "formatted"), ("stock is low", "formatted")]


def both_bare():
    return lines(), [("order taken", "bare"), ("stock is low", "bare")]


def neither_handler():
    return lines(), []


def warning_bare():
    return lines(), [("stock is low", "bare")]


def warning_formatted():
    return lines(), [("stock is low", "formatted")]


def neither_level():
    return lines(), []
