"""What comes of a signed form with each expression: pairs of (status, JSON)."""

import hmac
import secrets

from flask import Flask, abort, request

KEY = secrets.token_bytes(32)
WORKS = (200, {"event": "paid"})


def answered(read):
    app = Flask(__name__)

    @app.before_request
    def verify():
        body = read()
        expected = hmac.new(KEY, body, "sha256").hexdigest()
        if not hmac.compare_digest(expected, request.headers["X-Signature"]):
            abort(403)

    @app.post("/hook")
    def hook():
        return {"event": request.form["event"]}

    body = b"event=paid&amount=12.50"
    signature = hmac.new(KEY, body, "sha256").hexdigest()
    response = app.test_client().post(
        "/hook",
        data=body,
        content_type="application/x-www-form-urlencoded",
        headers={"X-Signature": signature},
    )
    return response.status_code, response.json


def get_data():
    return answered(lambda: request.get_data()), WORKS


def data():
    return answered(lambda: request.data), WORKS


def stream_read():
    return answered(lambda: request.stream.read()), WORKS


def not_cached():
    return answered(lambda: request.get_data(cache=False)), WORKS


def parse_form_data():
    return answered(lambda: request.get_data(parse_form_data=True)), WORKS


def wsgi_input():
    return answered(lambda: request.environ["wsgi.input"].read()), WORKS
