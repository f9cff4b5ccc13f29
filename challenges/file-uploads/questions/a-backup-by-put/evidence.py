"""Whether a body of 20 MB is stored as a whole, and whether the memory for it stays below 5 MB."""

import io
import os
import shutil
import tempfile
import tracemalloc
from io import BytesIO

from flask import Flask, request
from werkzeug.datastructures import FileStorage
from werkzeug.test import create_environ, run_wsgi_app

SIZE = 20_000_000
CLAIMED = (204, True, True)


class Body(io.RawIOBase):
    """What the script sends, made while it is read."""

    left = SIZE

    def readable(self):
        return True

    def readinto(self, buffer):
        count = min(len(buffer), self.left)
        self.left -= count
        return count


def outcome(line):
    app = Flask(__name__)
    path = os.path.join(tempfile.mkdtemp(), "7.tar")

    @app.put("/backups/<int:id>")
    def put(id):
        with open(path, "wb") as target:
            line(target)
        return "", 204

    environ = create_environ("/backups/7", method="PUT", content_type="application/x-tar")
    environ.update({"wsgi.input": Body(), "CONTENT_LENGTH": str(SIZE)})
    tracemalloc.start()
    _, status, _ = run_wsgi_app(app, environ, buffered=True)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return int(status[:3]), os.path.getsize(path) == SIZE, peak < 5_000_000


def copy_data():
    return outcome(lambda target: shutil.copyfileobj(BytesIO(request.data), target)), CLAIMED


def write_data():
    return outcome(lambda target: target.write(request.get_data(cache=False))), CLAIMED


def copy_stream():
    return outcome(lambda target: shutil.copyfileobj(request.stream, target)), CLAIMED


def read_stream():
    return outcome(lambda target: target.write(request.stream.read())), CLAIMED


def files():
    return outcome(lambda target: request.files["file"].save(target)), CLAIMED


def multipart_save():
    return outcome(lambda target: FileStorage(BytesIO(request.data)).save(target)), CLAIMED
