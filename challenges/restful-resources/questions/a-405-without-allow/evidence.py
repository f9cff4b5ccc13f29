"""Status, type, Allow and body of a POST to a view for GET: pairs (observed, claimed)."""

import json

from flask import Flask, jsonify
from werkzeug.exceptions import HTTPException

CLAIMED = (405, "application/problem+json", True, {"title": "Method Not Allowed", "status": 405})


def observed(finish):
    app = Flask(__name__)

    @app.get("/books")
    def books():
        return []

    @app.errorhandler(HTTPException)
    def problem(error):
        body = {"title": error.name, "status": error.code}
        return finish(error, body)

    answer = app.test_client().post("/books")
    try:
        read = json.loads(answer.data)
    except ValueError:
        read = None
    return answer.status_code, answer.content_type, "GET" in answer.headers.get("Allow", ""), read


def headers_in_tuple():
    return observed(lambda error, body: (body, error.code, error.get_headers())), CLAIMED


def description():
    def finish(error, body):
        error.description = json.dumps(body)
        return error

    return observed(finish), CLAIMED


def own_type():
    def finish(error, body):
        response = jsonify(body)
        response.status_code = error.code
        response.content_type = "application/problem+json"
        return response

    return observed(finish), CLAIMED


def get_response():
    def finish(error, body):
        response = error.get_response()
        response.data = json.dumps(body)
        response.content_type = "application/problem+json"
        return response

    return observed(finish), CLAIMED


def type_in_tuple():
    def finish(error, body):
        return body, error.code, {"Content-Type": "application/problem+json"}

    return observed(finish), CLAIMED


def own_response():
    def finish(error, body):
        error.response = jsonify(body)
        error.response.content_type = "application/problem+json"
        return error

    return observed(finish), CLAIMED
