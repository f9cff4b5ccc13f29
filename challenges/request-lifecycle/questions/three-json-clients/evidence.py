"""Which statuses the three clients get: pairs (observed, claimed)."""

import logging

from flask import Flask, request


def statuses():
    logging.disable(logging.CRITICAL)
    app = Flask(__name__)

    @app.post("/books")
    def add():
        data = request.get_json()
        return {"title": data["title"]}, 201

    sent = [
        ('{"title": "Emma"}', "text/plain"),
        ('{"title": "Emma",}', "application/json"),
        ('{"name": "Emma"}', "application/json"),
    ]
    client = app.test_client()
    return [client.post("/books", data=body, content_type=kind).status_code for body, kind in sent]


def dict_is_ordinary():
    return statuses(), [415, 400, 500]


def like_a_form():
    return statuses(), [415, 400, 400]


def all_400():
    return statuses(), [400, 400, 400]


def type_is_400():
    return statuses(), [400, 400, 500]


def type_is_ignored():
    return statuses(), [201, 400, 500]


def none_is_returned():
    return statuses(), [500, 400, 500]
