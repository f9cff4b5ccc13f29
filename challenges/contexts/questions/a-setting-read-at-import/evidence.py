"""What the apps of the changed modules answer: pairs (observed, claimed)."""

import importlib
import sys
import tempfile
from pathlib import Path

CATALOGUE = """
from flask import Blueprint, current_app

bp = Blueprint("catalogue", __name__)
PAGE_SIZE = current_app.config["PAGE_SIZE"]


@bp.get("/books")
def books():
    return {"size": PAGE_SIZE}
"""
FACTORY = """
from flask import Flask

from catalogue import bp


def create_app(size):
    app = Flask(__name__)
    app.config["PAGE_SIZE"] = size
    app.register_blueprint(bp)
    return app
"""
LINE = 'PAGE_SIZE = current_app.config["PAGE_SIZE"]\n'
CLAIMED = [10, 50]


def sizes(catalogue=CATALOGUE, factory=FACTORY):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "catalogue.py").write_text(catalogue)
        Path(folder, "factory.py").write_text(factory)
        sys.path.insert(0, folder)
        try:
            create_app = importlib.import_module("factory").create_app
            apps = [create_app(10), create_app(50)]
            return [app.test_client().get("/books").json["size"] for app in apps]
        except RuntimeError:
            return RuntimeError
        finally:
            sys.path.remove(folder)


def with_line(line):
    return sizes(CATALOGUE.replace(LINE, line))


def in_the_view():
    changed = CATALOGUE.replace(LINE, "").replace('"size": PAGE_SIZE', '"size": current_app.config["PAGE_SIZE"]')
    return sizes(changed), CLAIMED


def get():
    return with_line('PAGE_SIZE = current_app.config.get("PAGE_SIZE", 20)\n'), CLAIMED


def guard():
    return with_line('PAGE_SIZE = current_app.config["PAGE_SIZE"] if current_app is not None else 20\n'), CLAIMED


def own_context():
    return with_line(f"with current_app.app_context():\n    {LINE}"), CLAIMED


def late_import():
    late = "    with app.app_context():\n        from catalogue import bp\n    app.register_blueprint(bp)\n"
    changed = FACTORY.replace("from catalogue import bp\n", "", 1).replace("    app.register_blueprint(bp)\n", late)
    return sizes(factory=changed), CLAIMED


def unwrap():
    return with_line('PAGE_SIZE = current_app._get_current_object().config["PAGE_SIZE"]\n'), CLAIMED
