"""Whether a name gets a file from outside: pairs of yes or no."""

import os
import tempfile
from pathlib import Path
from unittest import mock

from flask import Flask, abort, request, send_file


def sent_from_outside(name):
    with tempfile.TemporaryDirectory() as folder:
        srv = Path(folder).resolve()
        files = str(srv / "files")
        for made in ("files", "files-2019", "home"):
            (srv / made).mkdir()
        for made in ("config.py", "files-2019/a.txt", "home/key.pem"):
            (srv / made).write_text("OUTSIDE")
        app = Flask(__name__)

        @app.get("/file")
        def file():
            path = os.path.abspath(os.path.join(files, request.args["name"]))
            if not path.startswith(files):
                abort(404)
            return send_file(path)

        @app.errorhandler(FileNotFoundError)
        def missing(error):
            return "missing", 500

        name = name.replace("/srv", str(srv))
        with mock.patch.dict(os.environ, HOME=str(srv / "home")):
            with app.test_client().get("/file", query_string={"name": name}) as response:
                return response.text == "OUTSIDE"


def one_up():
    return sent_from_outside("../config.py"), True


def absolute():
    return sent_from_outside("/srv/config.py"), True


def down_and_up():
    return sent_from_outside("a/b/../../../config.py"), True


def sibling():
    return sent_from_outside("../files-2019/a.txt"), True


def home():
    return sent_from_outside("~/key.pem"), True


def dots_encoded():
    return sent_from_outside("%2e%2e/config.py"), True
