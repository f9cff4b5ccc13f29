"""How the four requests are answered: pairs of lists of statuses."""

import tempfile
from pathlib import Path

from flask import Flask, request, send_from_directory


def answered():
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder).resolve() / "app" / "reports"
        (reports / "2025").mkdir(parents=True)
        (reports / "may.txt").write_text("May")
        (reports.parent / "config.py").write_text("SECRET")
        app = Flask(__name__)

        @app.get("/report")
        def report():
            return send_from_directory(str(reports), request.args["name"])

        client = app.test_client()
        names = ("may.txt", "../config.py", f"{reports}/may.txt", "2025/../may.txt")
        statuses = []
        for name in names:
            with client.get(f"/report?name={name}") as response:
                statuses.append(response.status_code)
        return statuses


def inside_is_fine():
    return answered(), [200, 404, 200, 200]


def outside_only():
    return answered(), [200, 404, 404, 200]


def forbidden():
    return answered(), [200, 403, 403, 200]


def dots_forbidden():
    return answered(), [200, 404, 404, 404]


def bad_request():
    return answered(), [200, 400, 400, 400]


def joined_below():
    return answered(), [200, 404, 404, 403]
