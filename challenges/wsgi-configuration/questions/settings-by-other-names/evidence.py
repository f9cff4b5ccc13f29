"""What the file of the stem sets: pairs of (the four settings, whether gunicorn says anything), or of how it ends."""

import contextlib
import io
import os
import sys
import tempfile
from pathlib import Path
from unittest import mock

FILE = """
workers = 3
preload = True
timeout_seconds = 60
max_request = 500
"""


def settings():
    said = io.StringIO()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "gunicorn.conf.py").write_text(FILE)
        os.chdir(folder)
        from gunicorn.app.wsgiapp import WSGIApplication
        from gunicorn.config import Chdir

        command = ["gunicorn", "--bind", "127.0.0.1:8000", "shop:app"]
        with (
            mock.patch.object(sys, "argv", command),
            mock.patch.object(Chdir, "default", folder),  # else the folder in which gunicorn was imported first
            contextlib.redirect_stderr(said),
            contextlib.redirect_stdout(said),
        ):
            try:
                cfg = WSGIApplication().cfg
            except SystemExit:
                return "ended"
        os.chdir("/")
    found = (cfg.workers, cfg.preload_app, cfg.timeout, cfg.max_requests)
    return found, bool(said.getvalue())


def the_first():
    return settings(), ((3, False, 30, 0), False)


def first_two():
    return settings(), ((3, True, 30, 0), False)


def all_four():
    return settings(), ((3, True, 60, 500), False)


def refused():
    return settings(), "ended"


def not_read():
    return settings(), ((1, False, 30, 0), False)


def first_and_warning():
    return settings(), ((3, False, 30, 0), True)
