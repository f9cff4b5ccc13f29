"""For those who run an assessment: one person's report with everything behind it, appeals, and regrades."""

from flask import Blueprint

reports_of = Blueprint("reports_of", __name__, url_prefix="/assessments/<ref>/attempts/<attempt_ref>")
appeals = Blueprint("appeals", __name__, url_prefix="/appeals")
regrades = Blueprint("regrades", __name__, url_prefix="/assessments/<ref>/regrades")

from harness.web.staff import (  # noqa: E402 - they hang their views on the blueprints
    appealing,  # noqa: F401
    marking,  # noqa: F401
    reading,  # noqa: F401
    regrading,  # noqa: F401
    submission,  # noqa: F401
)
