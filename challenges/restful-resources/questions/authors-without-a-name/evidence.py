"""What the three clients are told: pairs (observed, claimed)."""

from flask import Flask, request


def observed():
    app = Flask(__name__)

    @app.post("/authors")
    def add():
        data = request.get_json(silent=True) or {}
        name = data.get("name", "anonymous")
        return {"name": name}, 201

    def told(body, content_type):
        answer = app.test_client().post("/authors", data=body, content_type=content_type)
        return (answer.status_code, answer.json["name"]) if answer.is_json else answer.status_code

    return (
        told('{"name": "Jane"}', "text/plain"),
        told('{"name": "Jane",}', "application/json"),
        told('{"name": "Jane"}', "application/vnd.shop+json"),
    )


JANE, ANONYMOUS = (201, "Jane"), (201, "anonymous")


def both_refused():
    return observed(), (415, 400, JANE)


def two_anonymous():
    return observed(), (ANONYMOUS, ANONYMOUS, JANE)


def type_ignored():
    return observed(), (JANE, ANONYMOUS, JANE)


def suffix_unknown():
    return observed(), (ANONYMOUS, ANONYMOUS, ANONYMOUS)


def syntax_refused():
    return observed(), (ANONYMOUS, 400, JANE)


def type_refused():
    return observed(), (415, ANONYMOUS, 415)
