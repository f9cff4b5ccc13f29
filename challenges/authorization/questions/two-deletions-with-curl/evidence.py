"""The two statuses, and the drafts that are left."""

from flask import Flask
from flask_cors import CORS


def answered():
    drafts = {1: "first", 2: "second"}
    app = Flask(__name__)
    CORS(app, origins=["https://shop.example"])

    @app.delete("/drafts/<int:number>")
    def discard(number):
        drafts.pop(number, None)
        return "", 204

    client = app.test_client()
    first = client.delete("/drafts/1", base_url="https://api.test")
    second = client.delete("/drafts/2", base_url="https://api.test", headers={"Origin": "https://evil.example"})
    return first.status_code, second.status_code, list(drafts)


def second_refused():
    return answered(), (204, 403, [2])


def both_refused():
    return answered(), (403, 403, [1, 2])


def first_refused():
    return answered(), (403, 204, [1])


def answered_but_not_run():
    return answered(), (204, 204, [2])


def second_undefined():
    return answered(), (204, 405, [2])


def both_run():
    return answered(), (204, 204, [])
