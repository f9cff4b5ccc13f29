"""How the second request goes: pairs (load_rows called, status, body sent)."""

from flask import Flask, jsonify, request


def observed():
    app = Flask(__name__)
    calls = []

    def load_rows():
        calls.append(1)
        return [{"id": number} for number in range(400)]

    @app.get("/report")
    def report():
        response = jsonify(load_rows())
        response.add_etag()
        return response.make_conditional(request)

    client = app.test_client()
    first = client.get("/report")
    calls.clear()
    second = client.get("/report", headers={"If-None-Match": first.headers["ETag"]})
    return len(calls) == 1, second.status_code, second.data == first.data


def cached():
    return observed(), (False, 304, False)


def cached_body():
    return observed(), (False, 200, True)


def new_tag():
    return observed(), (True, 200, True)


def transfer():
    return observed(), (True, 304, False)


def body_too():
    return observed(), (True, 304, True)


def empty_200():
    return observed(), (True, 200, False)
