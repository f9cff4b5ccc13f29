"""What the server sends with each last line: pairs (pieces of the body, claimed pieces)."""

from flask import Flask, Response, copy_current_request_context, make_response, request, stream_with_context
from werkzeug.test import create_environ

PIECES = [b"Hello ", b"Ada", b"!"]


def sent(last_line):
    app = Flask(__name__)

    @app.get("/greeting")
    def greeting():
        def generate():
            yield "Hello "
            yield request.args["name"]
            yield "!"

        return last_line(generate, app)

    body = app(create_environ("/greeting?name=Ada"), lambda status, headers: None)
    try:
        return list(body)
    except RuntimeError as error:
        return type(error)


def with_context():
    return sent(lambda generate, app: stream_with_context(generate())), PIECES


def copied():
    return sent(lambda generate, app: copy_current_request_context(generate)()), PIECES


def response_made():
    return sent(lambda generate, app: make_response(generate())), PIECES


def passed_through():
    return sent(lambda generate, app: Response(generate(), direct_passthrough=True)), PIECES


def as_a_list():
    return sent(lambda generate, app: list(generate())), PIECES


def made_sync():
    return sent(lambda generate, app: app.ensure_sync(generate)()), PIECES
