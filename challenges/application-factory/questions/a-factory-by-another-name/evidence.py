"""Which NAME the started app has, or that there is none: pairs (observed, claimed)."""

import os
import sys
import tempfile
from pathlib import Path
from unittest import mock

import click
from flask.cli import FlaskGroup

LIBRARY = """
import os

from flask import Flask

def build_library(name):
    app = Flask(__name__)
    app.config["NAME"] = name
    return app
"""


def started(*arguments):
    """The NAME of the app that `flask` would serve; None if it ends with an error."""
    os.environ["NAME"] = "Harbour"
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "library.py").write_text(LIBRARY)
        os.chdir(folder)
        sys.path.insert(0, folder)
        with mock.patch("flask.cli.run_simple") as serve:
            try:
                FlaskGroup(load_dotenv=False).main(["--app", *arguments], prog_name="flask", standalone_mode=False)
            except click.ClickException:
                return None
            finally:
                os.chdir("/")
        return serve.call_args.args[2].config["NAME"]


def module_only():
    return started("library", "run"), "Harbour"


def argument_after_run():
    return started("library:build_library", "run", "Harbour"), "Harbour"


def literal_argument():
    return started('library:build_library("Harbour")', "run"), "Harbour"


def expression():
    return started('library:build_library(os.environ["NAME"])', "run"), "Harbour"


def dotted():
    return started('library.build_library("Harbour")', "run"), "Harbour"


def option():
    return started("library:build_library", "--name", "Harbour", "run"), "Harbour"
