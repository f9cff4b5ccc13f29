"""A video of three, one of six million bytes and three million bytes elsewhere, in this order."""

import io

from flask import Flask, request

CLAIMED = [201, 413, 413]


def statuses(line):
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 1_000_000

    @app.post("/videos")
    def add_video():
        line(app)
        file = request.files["video"]
        file.save(io.BytesIO())
        return "", 201

    @app.post("/others")
    def add_other():
        request.files["video"].save(io.BytesIO())
        return "", 201

    client = app.test_client()

    def post(path, size):
        return client.post(path, data={"video": (io.BytesIO(bytes(size)), "a.mp4")}).status_code

    return [post("/videos", 3_000_000), post("/videos", 6_000_000), post("/others", 3_000_000)]


def on_the_request():
    return statuses(lambda app: setattr(request, "max_content_length", 5_000_000)), CLAIMED


def none_on_the_request():
    return statuses(lambda app: setattr(request, "max_content_length", None)), CLAIMED


def form_memory():
    return statuses(lambda app: setattr(request, "max_form_memory_size", 5_000_000)), CLAIMED


def in_the_config():
    return statuses(lambda app: app.config.update(MAX_CONTENT_LENGTH=5_000_000)), CLAIMED


def config_to_none():
    return statuses(lambda app: app.config.update(MAX_CONTENT_LENGTH=None)), CLAIMED


def in_the_environ():
    return statuses(lambda app: request.environ.update(MAX_CONTENT_LENGTH=5_000_000)), CLAIMED
