"""The answers to the six kinds of PUT: pairs (observed, claimed)."""

import itertools

from flask import Flask, abort, request
from werkzeug.http import is_resource_modified

CLAIMED = (204, 412, 412, 204, 204, 204)


def observed(check):
    def answer(exists, **headers):
        app = Flask(__name__)
        app.logger.disabled = True
        numbers = itertools.count()
        drafts = {"plan": {"text": "old", "etag": "a1"}} if exists else {}

        @app.put("/drafts/<name>")
        def save(name):
            draft = drafts.get(name)
            check(draft, request.if_none_match)
            drafts[name] = {"text": request.get_json()["text"], "etag": f"n{next(numbers)}"}
            return "", 204

        return app.test_client().put("/drafts/plan", json={"text": "new"}, headers=headers).status_code

    star, named, other = ({"If-None-Match": value} for value in ("*", '"a1", "a2"', '"b1", "b2"'))
    return (
        answer(False, **star),
        answer(True, **star),
        answer(True, **named),
        answer(True, **other),
        answer(False, **named),
        answer(True),
    )


def star_tag():
    def check(draft, tags):
        if tags.star_tag:
            abort(412)

    return observed(check), CLAIMED


def any_header():
    def check(draft, tags):
        if draft and tags:
            abort(412)

    return observed(check), CLAIMED


def star_as_text():
    def check(draft, tags):
        if draft and "*" in tags:
            abort(412)

    return observed(check), CLAIMED


def matching():
    def check(draft, tags):
        if draft and tags.contains_weak(draft["etag"]):
            abort(412)

    return observed(check), CLAIMED


def not_matching():
    def check(draft, tags):
        if draft and draft["etag"] not in tags:
            abort(412)

    return observed(check), CLAIMED


def modified():
    def check(draft, tags):
        if not is_resource_modified(request.environ, draft["etag"]):
            abort(412)

    return observed(check), CLAIMED
