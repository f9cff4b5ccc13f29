"""Whether the call opens the file, started from / and from the project's folder: pairs (observed, claimed)."""

import os
import sys
import tempfile
from pathlib import Path

from flask import current_app

CLAIMED = [True, True]  # every option claims to work from both folders
SHOP = """
from flask import Flask

from shop.reports import reports

app = Flask(__name__)
app.register_blueprint(reports)
"""
REPORTS = """
from flask import Blueprint

reports = Blueprint("reports", __name__, url_prefix="/reports")
"""


def opens(call):
    root = Path(tempfile.mkdtemp())
    folder = root / "shop" / "reports"
    folder.mkdir(parents=True)
    (root / "shop" / "__init__.py").write_text(SHOP)
    (folder / "__init__.py").write_text(REPORTS)
    (folder / "rates.csv").write_text("rates")
    sys.path.insert(0, str(root))
    from shop import app
    from shop.reports import reports

    def started_in(path):
        os.chdir(path)
        with app.test_request_context():
            try:
                with call(reports) as file:
                    return file.read() in ("rates", b"rates")
            except FileNotFoundError:
                return False

    return [started_in(path) for path in ("/", root)]


def own_resource():
    return opens(lambda reports: reports.open_resource("rates.csv")), CLAIMED


def app_resource():
    return opens(lambda reports: current_app.open_resource("rates.csv")), CLAIMED


def bare_open():
    return opens(lambda reports: open("rates.csv")), CLAIMED


def path_from_project():
    return opens(lambda reports: open("shop/reports/rates.csv")), CLAIMED


def folder_twice():
    return opens(lambda reports: reports.open_resource("reports/rates.csv")), CLAIMED


def instance():
    return opens(lambda reports: current_app.open_instance_resource("reports/rates.csv")), CLAIMED
