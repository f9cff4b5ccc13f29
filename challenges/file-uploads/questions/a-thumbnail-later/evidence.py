"""What the thread reads after the response, or the type of the exception that it gets."""

import io
import queue
import tempfile
from pathlib import Path
from uuid import uuid4

from flask import Flask, copy_current_request_context, request
from werkzeug.datastructures import FileStorage

CONTENT = b"photo " * 100
UPLOADS = Path(tempfile.mkdtemp())


def content(view, worker=lambda job: job.read()):
    jobs = queue.Queue()
    app = Flask(__name__)

    @app.post("/photos")
    def add():
        view(jobs, request.files["photo"])
        return "", 202

    app.test_client().post("/photos", data={"photo": (io.BytesIO(CONTENT), "a.jpg")})
    try:
        return worker(jobs.get())
    except (ValueError, RuntimeError) as error:
        return type(error)


def save_and_put(jobs, photo):
    path = UPLOADS / uuid4().hex
    photo.save(path)
    jobs.put(path.open("rb"))


def stream():
    return content(lambda jobs, photo: jobs.put(photo.stream)), CONTENT


def new_wrapper():
    return content(lambda jobs, photo: jobs.put(FileStorage(photo.stream, photo.filename))), CONTENT


def copied_context():
    return content(
        lambda jobs, photo: jobs.put(photo), lambda job: copy_current_request_context(lambda: job.read())()
    ), CONTENT


def rewound():
    return content(lambda jobs, photo: (photo.seek(0), jobs.put(photo))), CONTENT


def saved_path():
    return content(save_and_put), CONTENT


def buffered():
    return content(lambda jobs, photo: jobs.put(io.BufferedReader(photo.stream))), CONTENT
