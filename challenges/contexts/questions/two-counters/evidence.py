"""What three requests in a row are answered: pairs (observed, claimed)."""

from flask import Flask, g


def answers():
    totals = {"hits": 0}
    app = Flask(__name__)

    @app.get("/")
    def index():
        g.hits = g.get("hits", 0) + 1
        totals["hits"] += 1
        return f"{g.hits} {totals['hits']}"

    client = app.test_client()
    responses = [client.get("/") for _ in range(3)]
    return [response.text if response.status_code == 200 else response.status_code for response in responses]


def right():
    return answers(), ["1 1", "1 2", "1 3"]


def both_count():
    return answers(), ["1 1", "2 2", "3 3"]


def both_fresh():
    return answers(), ["1 1", "1 1", "1 1"]


def swapped():
    return answers(), ["1 1", "2 1", "3 1"]


def error_later():
    return answers(), ["1 1", 500, 500]


def error_at_once():
    return answers(), [500, 500, 500]
