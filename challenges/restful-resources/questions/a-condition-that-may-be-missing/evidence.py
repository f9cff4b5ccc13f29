"""Whose texts are stored: pairs (observed, claimed)."""

import uuid

from flask import Flask, abort, request


def observed():
    def stored(**headers):
        app = Flask(__name__)
        pages = {4: {"text": "old", "etag": "v4"}}

        @app.put("/pages/<int:number>")
        def save(number):
            page = pages[number]
            if request.if_match and page["etag"] not in request.if_match:
                abort(412)
            page["text"] = request.get_json()["text"]
            page["etag"] = uuid.uuid4().hex
            return "", 204

        app.test_client().put("/pages/4", json={"text": "new"}, headers=headers)
        return pages[4]["text"] == "new"

    return (
        stored(**{"If-Match": '"v4"'}),
        stored(**{"If-Match": '"v3"'}),
        stored(**{"If-Match": "*"}),
        stored(),
    )


def tag_only():
    return observed(), (True, False, False, False)


def tag_and_missing():
    return observed(), (True, False, False, True)


def tag_and_star():
    return observed(), (True, False, True, False)


def all_but_stale():
    return observed(), (True, False, True, True)


def star_and_missing():
    return observed(), (False, False, True, True)


def every_text():
    return observed(), (True, True, True, True)
