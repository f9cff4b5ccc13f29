"""Which versions go into the pages: pairs of lists of (page, layout). Worker B is a process of its own."""

import json
import os
import tempfile
from pathlib import Path

from flask import Flask, render_template


def deploy(folder, version):
    """Puts one version of the three files into place; the new ones are dated later, as with any copy."""
    Path(folder, "base.html").write_text("{% block body %}{% endblock %} in " + version)
    for name in ("list.html", "detail.html"):
        Path(folder, name).write_text("""{% extends "base.html" %}{% block body %}""" + version + "{% endblock %}")
    for path in Path(folder).iterdir():
        date = 1_700_000_000 + 1000 * (version == "new")
        os.utime(path, (date, date))


def make_app(folder):
    app = Flask(__name__, template_folder=folder)
    for name in ("list", "detail"):
        app.add_url_rule(f"/{name}", name, lambda name=name: render_template(f"{name}.html"))
    return app.test_client()


def versions():
    with tempfile.TemporaryDirectory() as folder:
        deploy(folder, "old")
        go, told = os.pipe(), os.pipe()
        worker = os.fork()
        if worker == 0:
            try:
                client = make_app(folder)
                os.read(go[0], 1)
                os.write(told[1], json.dumps(client.get("/list").text).encode())
            finally:
                os._exit(0)
        os.close(told[1])
        client = make_app(folder)
        assert client.get("/list").text == "old in old"
        deploy(folder, "new")
        pages = [client.get("/list").text, client.get("/detail").text]
        os.write(go[1], b".")
        pages.append(json.loads(os.read(told[0], 100)))
        os.waitpid(worker, 0)
    return pages


def all_new():
    return versions(), ["new in new", "new in new", "new in new"]


def all_old():
    return versions(), ["old in old", "old in old", "old in old"]


def layout_follows():
    return versions(), ["old in old", "new in new", "new in new"]


def layout_is_kept():
    return versions(), ["old in old", "new in old", "new in new"]


def shared_cache():
    return versions(), ["old in old", "new in old", "old in old"]


def layout_read_anew():
    return versions(), ["old in new", "new in new", "new in new"]
