"""Which options are true: the cases of each are sent to the app of the stem and to its mutant."""

import operator

from flask import Flask, request

CLAIMED = {"original": "passes", "mutant": "fails"}


def make(exceeds):
    app = Flask(__name__)

    @app.post("/transfers")
    def transfer():
        amount = request.json["amount"]
        if exceeds(amount, 100):
            return {"error": "not enough money"}, 409
        return {"left": 100 - amount}, 201

    return app


def results(cases):
    """How the parametrized test comes out on the original and on the mutant."""
    found = {}
    for name, exceeds in [("original", operator.gt), ("mutant", operator.ge)]:
        client = make(exceeds).test_client()
        right = [client.post("/transfers", json={"amount": a}).status_code == status for a, status in cases]
        found[name] = "passes" if all(right) else "fails"
    return found


def both_neighbours():
    return results([(99, 201), (101, 409)]), CLAIMED


def at_the_limit():
    return results([(100, 201), (150, 409)]), CLAIMED


def far_away():
    return results([(10, 201), (5000, 409)]), CLAIMED


def only_allowed():
    return results([(25, 201), (50, 201), (75, 201)]), CLAIMED


def refused_at_limit():
    return results([(100, 409), (101, 409)]), CLAIMED


def extremes():
    return results([(0, 409), (100, 201)]), CLAIMED
