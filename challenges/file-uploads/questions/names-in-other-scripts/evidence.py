"""How the three uploads are answered."""

import io
import tempfile
from pathlib import Path

from flask import Flask, abort, request
from werkzeug.utils import secure_filename


def answers():
    plans = Path(tempfile.mkdtemp())
    app = Flask(__name__)

    @app.post("/plans")
    def add():
        file = request.files["plan"]
        name = secure_filename(file.filename)
        if Path(name).suffix != ".pdf":
            abort(415)
        file.save(plans / name)
        return name, 201

    seen = []
    for name in ("plan.pdf", "\u043f\u043b\u0430\u043d.pdf", "Pl\u00e4ne.pdf"):
        answer = app.test_client().post("/plans", data={"plan": (io.BytesIO(b"%PDF"), name)})
        seen.append(answer.text if answer.status_code == 201 else answer.status_code)
    return seen


def kept_as_sent():
    return answers(), ["plan.pdf", "\u043f\u043b\u0430\u043d.pdf", "Pl\u00e4ne.pdf"]


def transliterated():
    return answers(), ["plan.pdf", "plan.pdf", "Plane.pdf"]


def dot_and_extension():
    return answers(), ["plan.pdf", ".pdf", "Plane.pdf"]


def extension_is_lost():
    return answers(), ["plan.pdf", 415, "Plane.pdf"]


def letter_dropped():
    return answers(), ["plan.pdf", 415, "Plne.pdf"]


def both_refused():
    return answers(), ["plan.pdf", 415, 415]
