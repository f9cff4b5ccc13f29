"""Which messages the browser of the stem sees: pairs of what `show` was called with, and the three prices."""

import re

from flask import Flask, Response


def messages(text):
    """The data of the events of type `message`, by the rules of the HTML Standard."""
    found, data, kind = [], [], "message"
    lines = re.split("\r\n|\n|\r", text)
    for line in lines[:-1]:
        if not line:
            if data and kind == "message":
                found.append("\n".join(data))
            data, kind = [], "message"
            continue
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if field == "data":
            data.append(value)
        elif field == "event":
            kind = value or "message"
    return found


def shown(line):
    app = Flask(__name__)

    @app.get("/prices")
    def prices():
        def stream():
            for price in (42, 43, 44):
                yield line.format(price=price)

        return Response(stream(), mimetype="text/event-stream")

    return messages(app.test_client().get("/prices").text)


PRICES = ["42", "43", "44"]


def named_and_closed():
    return shown("event: price\ndata: {price}\n\n"), PRICES


def named_message():
    return shown("event: message\ndata: {price}\n"), PRICES


def with_id():
    return shown("id: {price}\ndata: {price}\n"), PRICES


def bare():
    return shown("{price}\n\n"), PRICES


def empty_line():
    return shown("data: {price}\n\n"), PRICES


def carriage():
    return shown("data: {price}\r\n"), PRICES
