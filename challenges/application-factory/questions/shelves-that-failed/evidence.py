"""How the stem's command ends after each change: pairs (observed, claimed), see `WANTED`."""

import contextlib
import io
import os
import sys
import tempfile
import traceback
from pathlib import Path

from flask.cli import FlaskGroup

LIBRARY = """
import click
from flask import Flask, abort, current_app

app = Flask(__name__)
SHELVES = ["a", "b", "c"]

def copy_shelf(shelf):
    return shelf == "a"

@app.cli.command("sync")
def sync():
    failed = [shelf for shelf in SHELVES if not copy_shelf(shelf)]
    message = f"{len(failed)} shelves failed"
    if failed:
        ...
    click.echo("done")
"""
WANTED = (False, 1, True, False, False)  # status is 0, lines of output, message, traceback, `done`


def outcome(*lines):
    output = io.StringIO()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "library.py").write_text(LIBRARY.replace("...", "\n        ".join(lines)))
        os.chdir(folder)
        sys.path.insert(0, folder)
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            try:
                FlaskGroup(load_dotenv=False).main(["--app", "library", "sync"], prog_name="flask")
            except SystemExit as end:
                status = end.code
            except Exception:  # what Python does with an exception that the program lets through
                traceback.print_exc()
                status = 1
        os.chdir("/")
    text = output.getvalue()
    return not status, len(text.splitlines()), "2 shelves failed" in text, "Traceback" in text, "done" in text


def echo_to_stderr():
    return outcome("click.echo(message, err=True)", "return"), WANTED


def return_number():
    return outcome("click.echo(message)", "return 1"), WANTED


def runtime_error():
    return outcome("raise RuntimeError(message)"), WANTED


def abort_with_status():
    return outcome("abort(500, message)"), WANTED


def click_exception():
    return outcome("raise click.ClickException(message)"), WANTED


def log_and_exit():
    return outcome("current_app.logger.error(message)", "click.get_current_context().exit()"), WANTED
