"""Status and size of the answers to a range request."""

import tempfile
from pathlib import Path

from flask import Flask, Response, send_file, send_from_directory

CLAIMED = (206, bytes(range(100, 200)))


def answer(value):
    films = Path(tempfile.mkdtemp())
    path = films / "7.mp4"
    path.write_bytes(bytes(range(256)) * 20)
    app = Flask(__name__)
    app.add_url_rule("/film", view_func=lambda: value(films, path), endpoint="film")
    response = app.test_client().get("/film", headers={"Range": "bytes=100-199"})
    return response.status_code, response.data


def unconditional():
    return answer(lambda films, path: send_file(path, conditional=False, max_age=60)), CLAIMED


def open_file():
    return answer(lambda films, path: send_file(path.open("rb"), mimetype="video/mp4")), CLAIMED


def whole_bytes():
    return answer(lambda films, path: Response(path.read_bytes(), mimetype="video/mp4")), CLAIMED


def promised():
    return answer(lambda films, path: Response(path.read_bytes(), headers={"Accept-Ranges": "bytes"})), CLAIMED


def from_directory():
    return answer(lambda films, path: send_from_directory(films, path.name, max_age=60)), CLAIMED


def stream():
    return answer(lambda films, path: Response(path.open("rb"), direct_passthrough=True)), CLAIMED
