"""A grader's daily work: the queue of submissions, and comments to use again.

The page of one submission is among those of its attempt, in ``harness.web.staff``.
"""

from flask import Blueprint

grading = Blueprint("grading", __name__, url_prefix="/grading")

from harness.web.grading_pages import library, queue  # noqa: E402, F401 - they hang their views on it
