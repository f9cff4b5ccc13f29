"""What the three clients are told: pairs (observed, claimed)."""

from flask import Flask, request


def observed():
    app = Flask(__name__)

    @app.post("/books")
    def add():
        data = request.get_json(silent=True) or {}
        title = data.get("title", "untitled")
        return {"title": title}, 201

    def told(body, content_type):
        answer = app.test_client().post("/books", data=body, content_type=content_type)
        return (answer.status_code, answer.json["title"]) if answer.is_json else answer.status_code

    return (
        told('{"title": "Emma"}', "text/plain"),
        told('{"title": "Emma",}', "application/json"),
        told('{"title": "Emma"}', "application/vnd.shop+json"),
    )


EMMA, UNTITLED = (201, "Emma"), (201, "untitled")


def both_refused():
    return observed(), (415, 400, EMMA)


def two_untitled():
    return observed(), (UNTITLED, UNTITLED, EMMA)


def type_ignored():
    return observed(), (EMMA, UNTITLED, EMMA)


def suffix_unknown():
    return observed(), (UNTITLED, UNTITLED, UNTITLED)


def syntax_refused():
    return observed(), (UNTITLED, 400, EMMA)


def type_refused():
    return observed(), (415, UNTITLED, 415)
