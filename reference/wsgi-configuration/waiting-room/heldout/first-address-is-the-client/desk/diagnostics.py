"""For whoever runs the desk: which process answers, what it knows of a request, and a request that takes its time."""

import os
import sys
import threading
import time
import uuid
from pathlib import Path

from flask import Blueprint, g, request, url_for
from gunicorn.workers.base import Worker
from sqlalchemy import Engine, event

from desk.models import db

blueprint = Blueprint("diagnostics", __name__)

SETTINGS = ("workers", "threads", "timeout", "max_requests", "graceful_timeout")


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


def settings():
    """What gunicorn runs with: one of the callers of this function is a method of its worker."""
    frame = sys._getframe()
    while frame is not None:
        caller = frame.f_locals.get("self")
        if isinstance(caller, Worker):
            return {name: getattr(caller.cfg, name) for name in SETTINGS}
        frame = frame.f_back
    return {}


def workers():
    """The processes that the server has started: this one, and its siblings (on Linux)."""
    found = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = file.read_text(errors="replace").rpartition(")")[2].split()[:2]
        except (OSError, ValueError):  # it has just ended
            continue
        if int(parent) == os.getppid() and state != "Z":
            found.append(int(file.parent.name))
    return sorted(found)


@blueprint.get("/status")
def status():
    """The process, the server, and the request as the app sees it."""
    with db.engine.connect() as connection:
        opened_by = connection.connection.info["opened_by"]
    return {
        "pid": os.getpid(),
        "workers": workers(),
        "settings": settings(),
        "multithread": request.environ["wsgi.multithread"],
        "connection_opened_by": opened_by,
        "client": request.remote_addr,
        "link": url_for("diagnostics.status", _external=True),
    }


@blueprint.get("/hold/<name>")
def hold(name):
    """Adds a line to ``<name>.held``, and answers as soon as the file ``<name>.open`` exists.

    Both are in the folder ``DESK_GATES``, or in ``/tmp``.
    """
    folder = Path(os.environ.get("DESK_GATES", "/tmp"))
    with (folder / f"{name}.held").open("a") as file:
        file.write(f"{os.getpid()} {threading.get_ident()}\n")
    while not (folder / f"{name}.open").exists():
        time.sleep(0.02)
    return {"held": name, "pid": os.getpid()}
