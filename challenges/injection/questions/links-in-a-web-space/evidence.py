"""Which of some names are served: pairs of sets."""

import os
import tempfile
from pathlib import Path

from flask import Flask, abort, send_file
from werkzeug.utils import safe_join as werkzeug_safe_join

INSIDE = {"ann/v2/index.html", "ann/current/index.html"}
OUTSIDE = ["ann/out/key.pem", "ann/old/x.txt", "ann/key", "../sites-old/x.txt", "../key.pem"]


def served(condition):
    with tempfile.TemporaryDirectory() as folder:
        srv = Path(folder).resolve()
        base = srv / "sites"
        (base / "ann" / "v2").mkdir(parents=True)
        (srv / "sites-old").mkdir()
        (base / "ann" / "v2" / "index.html").write_text("hello")
        (srv / "sites-old" / "x.txt").write_text("old")
        (srv / "key.pem").write_text("SECRET")
        (base / "ann" / "current").symlink_to("v2")
        (base / "ann" / "out").symlink_to(srv)
        (base / "ann" / "old").symlink_to(srv / "sites-old")
        (base / "ann" / "key").symlink_to(srv / "key.pem")
        app = Flask(__name__)

        @app.get("/<path:name>")
        def page(name):
            if not condition(base, name):
                abort(404)
            return send_file(base / name)

        found = set()
        for name in [*INSIDE, *OUTSIDE]:
            with app.test_client().get("/" + name.replace("..", "%2e%2e")) as response:
                if response.status_code == 200:
                    found.add(name)
        return found


def safe_join():
    return served(lambda base, name: werkzeug_safe_join(str(base), name) is not None), INSIDE


def absolute():
    return served(lambda base, name: (base / name).absolute().is_relative_to(base)), INSIDE


def real_prefix():
    return served(lambda base, name: os.path.realpath(base / name).startswith(str(base))), INSIDE


def no_link():
    return served(lambda base, name: ".." not in name and not (base / name).is_symlink()), INSIDE


def resolved():
    return served(lambda base, name: (base / name).resolve().is_relative_to(base)), INSIDE


def common():
    return served(lambda base, name: os.path.commonpath([base, os.path.abspath(base / name)]) == str(base)), INSIDE
