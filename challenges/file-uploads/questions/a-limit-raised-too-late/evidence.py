"""A large video and a far too large one, a video without token, and the same for another view."""

import io

from flask import Flask, request
from flask_wtf.csrf import CSRFProtect, generate_csrf

CLAIMED = [201, 413, 400, 413, 400]


def statuses(hook=None, view=lambda csrf: None, exempt=False, field=True, **config):
    app = Flask(__name__)
    app.config.update(SECRET_KEY="of a test", MAX_CONTENT_LENGTH=1_000_000, **config)

    def raise_limit():
        if request.endpoint == "add_video":
            request.max_content_length = 5_000_000

    if hook == "above":
        app.before_request(raise_limit)
    csrf = CSRFProtect(app)
    if hook == "below":
        app.before_request(raise_limit)

    @app.get("/token")
    def token():
        return generate_csrf()

    def add_video():
        view(csrf)
        if hook is None:
            request.max_content_length = 5_000_000
        request.files["video"].save(io.BytesIO())
        return "", 201

    app.add_url_rule("/videos", view_func=csrf.exempt(add_video) if exempt else add_video, methods=["POST"])

    @app.post("/others")
    def add_other():
        request.files["video"].save(io.BytesIO())
        return "", 201

    client = app.test_client()
    valid = client.get("/token").text

    def post(path, size, with_token=True):
        data = {"video": (io.BytesIO(bytes(size)), "a.mp4")}
        if with_token and field:
            data["csrf_token"] = valid
        headers = {"X-CSRFToken": valid} if with_token and not field else {}
        return client.post(path, data=data, headers=headers).status_code

    return [
        post("/videos", 3_000_000),
        post("/videos", 6_000_000),
        post("/videos", 1_000, with_token=False),
        post("/others", 3_000_000),
        post("/others", 1_000, with_token=False),
    ]


def more_form_memory(csrf):
    request.max_form_memory_size = 5_000_000


def hook_below():
    return statuses(hook="below"), CLAIMED


def token_in_header():
    return statuses(field=False), CLAIMED


def exempt_and_protect():
    return statuses(view=lambda csrf: csrf.protect(), exempt=True), CLAIMED


def form_memory():
    return statuses(view=more_form_memory), CLAIMED


def no_default_check():
    return statuses(WTF_CSRF_CHECK_DEFAULT=False), CLAIMED


def hook_above():
    return statuses(hook="above"), CLAIMED
