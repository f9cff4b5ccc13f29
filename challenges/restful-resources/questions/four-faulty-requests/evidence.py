"""The statuses of the four requests: pairs (observed, claimed)."""

from flask import Flask, abort, request


def observed():
    app = Flask(__name__)
    archived = {9}

    @app.put("/books/<int:number>")
    def replace(number):
        data = request.get_json()
        if "title" not in data:
            abort(422)
        if number in archived:
            abort(410)
        return data

    client = app.test_client()
    text = {"data": "hello", "content_type": "text/plain"}
    return (
        client.post("/books/7", **text).status_code,
        client.put("/books/seven", data='{"title":', content_type="application/json").status_code,
        client.put("/books/9", **text).status_code,
        client.put("/books/9", json={}).status_code,
    )


def router_then_lines():
    return observed(), (405, 404, 415, 422)


def body_first():
    return observed(), (415, 400, 415, 422)


def method_as_404():
    return observed(), (404, 404, 415, 422)


def bad_number():
    return observed(), (405, 400, 415, 422)


def gone_first():
    return observed(), (405, 404, 410, 410)


def gone_before_content():
    return observed(), (405, 404, 415, 410)
