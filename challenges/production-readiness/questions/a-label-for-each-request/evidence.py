"""How many series each label makes, and whether it breaks answers: pairs (observed, claimed)."""

from collections import Counter

from flask import Flask, request


def measured(label):
    """Whether there are at most twenty series, and whether unknown addresses still get a 404."""
    app = Flask(__name__)
    requests = Counter()
    for number in range(9):
        app.add_url_rule(f"/page-{number}", f"page_{number}", lambda: "page")

    @app.get("/books/<int:id>")
    def book(id):  # noqa: A002
        return f"book {id}"

    @app.after_request
    def count(response):
        requests[label()] += 1
        return response

    client = app.test_client()
    statuses = set()
    for number in range(30):
        client.get(f"/books/{number}", headers={"User-Agent": f"browser/{number}"})
        client.get(f"/page-{number}")
        statuses.add(client.get(f"/invented-{number}").status_code)
    return len(requests) <= 20, statuses == {404}


CLAIMED = (True, True)


def path():
    return measured(lambda: request.path), CLAIMED


def rule():
    return measured(lambda: request.url_rule.rule), CLAIMED


def first_part():
    return measured(lambda: request.path.split("/")[1]), CLAIMED


def arguments():
    return measured(lambda: str(request.view_args)), CLAIMED


def client():
    return measured(lambda: str(request.user_agent)), CLAIMED


def endpoint():
    return measured(lambda: str(request.endpoint)), CLAIMED
