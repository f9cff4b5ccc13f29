"""For those who run an assessment: one person's report with everything behind it, and the appeals."""

from flask import Blueprint

reports_of = Blueprint("reports_of", __name__, url_prefix="/assessments/<ref>/attempts/<attempt_ref>")
appeals = Blueprint("appeals", __name__, url_prefix="/appeals")

from harness.web.staff import appealing, marking, reading, submission  # noqa: E402, F401 - they hang their views on the blueprints
