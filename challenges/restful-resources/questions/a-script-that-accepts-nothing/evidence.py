"""The answers to no Accept header, image/png and text/csv: pairs (observed, claimed)."""

from flask import Flask, abort, request

TYPES = ["application/json", "text/csv"]
CLAIMED = ("JSON", 406, "CSV")


def observed(choose):
    app = Flask(__name__)

    @app.get("/sales")
    def sales():
        best = choose(request.accept_mimetypes)
        if best is None:
            abort(406)
        return "CSV" if best == "text/csv" else "JSON"

    def ask(**headers):
        answer = app.test_client().get("/sales", headers=headers)
        return answer.text if answer.status_code == 200 else answer.status_code

    return ask(), ask(Accept="image/png"), ask(Accept="text/csv")


def default():
    return observed(lambda accept: accept.best_match(TYPES, default=TYPES[0])), CLAIMED


def wildcard():
    return observed(lambda accept: accept.best_match([*TYPES, "*/*"])), CLAIMED


def first_of_client():
    return observed(lambda accept: accept.best or TYPES[0]), CLAIMED


def absence():
    return observed(lambda accept: accept.best_match(TYPES) if accept else TYPES[0]), CLAIMED


def header():
    return observed(lambda accept: request.headers.get("Accept", TYPES[0])), CLAIMED


def json_first():
    return observed(lambda accept: accept.best_match(TYPES) or accept.accept_json), CLAIMED
