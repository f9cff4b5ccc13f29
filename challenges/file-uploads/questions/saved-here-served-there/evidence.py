"""The folders, relative to /srv/shop, where the upload was saved and from where a picture is served."""

import importlib
import io
import os
import sys
import tempfile
from pathlib import Path

MODULE = """
from uuid import uuid4
from flask import Flask, request, send_from_directory

app = Flask(__name__)

@app.post("/pictures")
def add():
    name = f"{uuid4().hex}.png"
    request.files["picture"].save(f"uploads/{name}")
    return {"name": name}, 201

@app.get("/pictures/<name>")
def show(name):
    return send_from_directory("uploads", name)
"""


def folders():
    start = Path(tempfile.mkdtemp()).resolve()
    package = start / "shop"
    places = [start, package, package / "static"]
    for place in places:
        (place / "uploads").mkdir(parents=True)
        (place / "uploads" / "where.txt").write_text(str(place.relative_to(start)))
    (package / "__init__.py").write_text(MODULE)
    os.chdir(start)
    sys.path.insert(0, str(start))
    client = importlib.import_module("shop").app.test_client()
    name = client.post("/pictures", data={"picture": (io.BytesIO(b"PNG"), "a.png")}).json["name"]
    (saved,) = [str(place.relative_to(start)) for place in places if (place / "uploads" / name).exists()]
    return saved, client.get("/pictures/where.txt").text


def root_and_cwd():
    return folders(), ("shop", ".")


def cwd_and_root():
    return folders(), (".", "shop")


def both_cwd():
    return folders(), (".", ".")


def both_root():
    return folders(), ("shop", "shop")


def root_and_static():
    return folders(), ("shop", "shop/static")


def cwd_and_static():
    return folders(), (".", "shop/static")
