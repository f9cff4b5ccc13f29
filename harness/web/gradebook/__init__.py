"""An assessment's grades: everybody's at a glance, how they are made, published in one deed, and taken to an LMS."""

from flask import Blueprint

gradebook = Blueprint("gradebook", __name__, url_prefix="/assessments/<ref>/grades")

from harness.web.gradebook import points, rules, showing  # noqa: E402, F401 - they hang their views on the blueprint
