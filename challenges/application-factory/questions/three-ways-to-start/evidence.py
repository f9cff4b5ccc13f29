"""What the three ways to start serve: pairs (observed, claimed), as the three answers to GET /."""

import os
import runpy
import sys
import tempfile
from pathlib import Path
from unittest import mock

from flask import Flask
from flask.cli import ScriptInfo
from gunicorn.util import import_app

LIBRARY = """
from flask import Flask, current_app

def create_app():
    app = Flask(__name__)
    app.config["NAME"] = "Library"

    @app.get("/")
    def index():
        return current_app.config["NAME"]

    return app

app = create_app()

if __name__ == "__main__":
    app.config["NAME"] = "Harbour"
    app.run(port=8000)
"""


def program(path):
    """The app that the file serves when it is run as a program."""
    with mock.patch.object(Flask, "run", autospec=True) as run:
        runpy.run_path(path, run_name="__main__")
    return run.call_args.args[0]


def answers():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "library.py").write_text(LIBRARY)
        os.chdir(folder)
        sys.path.insert(0, folder)
        apps = [program("library.py")]
        for find in (ScriptInfo(app_import_path="library").load_app, lambda: import_app("library:app")):
            sys.modules.pop("library", None)
            apps.append(find())
        os.chdir("/")
    return [app.test_client().get("/").text for app in apps]


def block_for_flask_too():
    return answers(), ["Harbour", "Harbour", "Library"]


def block_for_all():
    return answers(), ["Harbour", "Harbour", "Harbour"]


def factory_called_again():
    return answers(), ["Harbour", "Library", "Harbour"]


def block_for_the_program():
    return answers(), ["Harbour", "Library", "Library"]


def factory_has_the_last_word():
    return answers(), ["Library", "Library", "Library"]


def imports_alone():
    return answers(), ["Library", "Harbour", "Harbour"]
