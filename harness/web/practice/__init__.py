"""Practice, for everyone with an account: learning, exams, tasks, what was kept, and how it goes."""

from flask import Blueprint

practice = Blueprint("practice", __name__, url_prefix="/practice")

from harness.web.practice import going, items, learning, remarks, showing, start  # noqa: E402, F401 - they hang their views on it
