"""The statuses of a short text with a large picture and of a long text with a small one."""

import io

from flask import Flask, request

CLAIMED = [201, 201]


def statuses(line=lambda: None, **config):
    app = Flask(__name__)
    app.config.update(config)

    @app.post("/articles")
    def add():
        line()
        len(request.form["text"] + str(request.files["picture"]))
        return "", 201

    def post(letters, size):
        data = {"text": "x" * letters, "picture": (io.BytesIO(bytes(size)), "a.jpg")}
        return app.test_client().post("/articles", data=data).status_code

    return [post(100, 8_000_000), post(700_000, 10_000)]


def larger_body():
    return statuses(MAX_CONTENT_LENGTH=20_000_000), CLAIMED


def no_body_limit():
    return statuses(MAX_CONTENT_LENGTH=None), CLAIMED


def more_parts():
    return statuses(MAX_FORM_PARTS=2_000_000), CLAIMED


def per_request():
    return statuses(lambda: setattr(request, "max_content_length", 20_000_000)), CLAIMED


def default_again():
    return statuses(MAX_FORM_MEMORY_SIZE=500_000), CLAIMED


def form_memory():
    return statuses(MAX_FORM_MEMORY_SIZE=2_000_000), CLAIMED
