"""The answer of the app: status, whether the film is in the body, and the headers about sending files."""

import tempfile
from pathlib import Path

from flask import Flask, send_file

FILM = b"film" * 1000


def answer():
    films = Path(tempfile.mkdtemp())
    (films / "7.mp4").write_bytes(FILM)
    app = Flask(__name__)
    app.config["USE_X_SENDFILE"] = True

    @app.get("/films/<int:id>")
    def film(id):
        return send_file(f"{films}/{id}.mp4")

    response = app.test_client().get("/films/7")
    headers = {
        name: value.replace(str(films), "/srv/films")
        for name, value in response.headers
        if name.lower() in ("x-sendfile", "x-accel-redirect")
    }
    return response.status_code, response.data == FILM, headers


PATH = {"X-Sendfile": "/srv/films/7.mp4"}


def body_and_path():
    return answer(), (200, True, PATH)


def body_alone():
    return answer(), (200, True, {})


def accel():
    return answer(), (200, False, {"X-Accel-Redirect": "/films/7.mp4"})


def body_by_kernel():
    return answer(), (200, True, {})


def not_implemented():
    return answer(), (501, False, {})


def path_and_no_body():
    return answer(), (200, False, PATH)
