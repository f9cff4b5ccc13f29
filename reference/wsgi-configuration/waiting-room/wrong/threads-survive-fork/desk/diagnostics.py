"""For whoever runs the desk: which process answers, what it knows of a request, and a request that takes its time."""

import os
import sys
import threading
import time
import uuid
from pathlib import Path

from flask import Blueprint, g, request, url_for
from sqlalchemy import Engine, event

from desk.models import db

blueprint = Blueprint("diagnostics", __name__)


@event.listens_for(Engine, "connect")
def note_process(connection, record):
    record.info["opened_by"] = os.getpid()


@blueprint.before_app_request
def identify():
    g.request_id = request.headers.get("X-Request-Id") or uuid.uuid4().hex


@blueprint.after_app_request
def label(response):
    response.headers["X-Request-Id"] = g.request_id
    response.headers["X-Worker"] = str(os.getpid())
    return response


@blueprint.get("/status")
def status():
    """The process, and the request as the app sees it."""
    with db.engine.connect() as connection:
        opened_by = connection.connection.info["opened_by"]
    return {
        "pid": os.getpid(),
        "multithread": request.environ["wsgi.multithread"],
        "connection_opened_by": opened_by,
        "client": request.remote_addr,
        "link": url_for("diagnostics.status", _external=True),
    }


@blueprint.get("/hold/<name>")
def hold(name):
    """Answers as soon as the file ``<name>.open`` exists in the folder ``DESK_GATES``, or in ``/tmp``."""
    sys.stdout.write(f"holding {name} in process {os.getpid()}, thread {threading.get_ident()}\n")
    sys.stdout.flush()
    gate = Path(os.environ.get("DESK_GATES", "/tmp")) / f"{name}.open"
    while not gate.exists():
        time.sleep(0.02)
    return {"held": name, "pid": os.getpid()}
