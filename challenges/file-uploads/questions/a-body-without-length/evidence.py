"""A large and a small chunked body: (refused after about LIMIT bytes, status of the small body)."""

import io
import tempfile
from pathlib import Path
from uuid import uuid4

from flask import Flask, abort, request
from werkzeug.test import create_environ, run_wsgi_app

LIMIT = 1_000_000
CLAIMED = (True, 204)


class Body(io.RawIOBase):
    """What a client sends; counts what the app reads of it."""

    def __init__(self, size):
        self.left, self.sent = size, 0

    def readable(self):
        return True

    def readinto(self, buffer):
        count = min(len(buffer), self.left)
        self.left -= count
        self.sent += count
        return count


def outcome(check=None, **config):
    import shutil

    logs = Path(tempfile.mkdtemp())
    app = Flask(__name__)
    app.config.update(config)
    if check:
        app.before_request(check)

    @app.put("/logs/<uuid:id>")
    def put(id):
        with open(logs / str(id), "wb") as target:
            shutil.copyfileobj(request.stream, target)
        return "", 204

    def send(size):
        environ = create_environ(f"/logs/{uuid4()}", method="PUT", headers={"Transfer-Encoding": "chunked"})
        environ.pop("CONTENT_LENGTH", None)
        body = environ["wsgi.input"] = Body(size)
        environ["wsgi.input_terminated"] = True
        _, status, _ = run_wsgi_app(app, environ, buffered=True)
        return int(status.split()[0]), body.sent

    status, sent = send(50_000_000)
    return status == 413 and sent < 2 * LIMIT, send(500_000)[0]


def refuse(condition, status=413):
    def check():
        if condition():
            abort(status)

    return check


def none_is_zero():
    return outcome(refuse(lambda: (request.content_length or 0) > LIMIT)), CLAIMED


def from_the_header():
    return outcome(refuse(lambda: int(request.headers["Content-Length"]) > LIMIT)), CLAIMED


def length_required():
    return outcome(refuse(lambda: request.content_length is None, 411)), CLAIMED


def max_content_length():
    return outcome(MAX_CONTENT_LENGTH=LIMIT), CLAIMED


def whole_body():
    return outcome(refuse(lambda: len(request.get_data()) > LIMIT)), CLAIMED


def form_memory():
    return outcome(MAX_FORM_MEMORY_SIZE=LIMIT), CLAIMED
