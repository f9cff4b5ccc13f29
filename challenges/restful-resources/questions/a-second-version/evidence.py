"""For which of the four headers the answer changes: pairs (observed, claimed)."""

from flask import Flask, abort, jsonify, request

V1 = "application/vnd.shop.v1+json"
V2 = "application/vnd.shop.v2+json"
HEADERS = "*/*", "application/json", V1, f"{V1}, */*;q=0.5"


def answers(types):
    app = Flask(__name__)

    @app.get("/books/7")
    def show():
        best = request.accept_mimetypes.best_match(types)
        if best is None:
            abort(406)
        response = jsonify(name="Emma") if best == V2 else jsonify(title="Emma")
        response.content_type = best
        response.vary.add("Accept")
        return response

    got = [app.test_client().get("/books/7", headers={"Accept": header}) for header in HEADERS]
    return [(answer.status_code, answer.data) for answer in got]


def observed():
    before, after = answers([V1]), answers([V2, V1])
    return {number for number, pair in enumerate(zip(before, after, strict=True), 1) if pair[0] != pair[1]}


def none():
    return observed(), set()


def wildcard():
    return observed(), {1}


def both_wildcards():
    return observed(), {1, 4}


def json_too():
    return observed(), {1, 2}


def unversioned():
    return observed(), {1, 2, 4}


def second_alone():
    return observed(), {2}
