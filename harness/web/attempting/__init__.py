"""The pages of any attempt: an invited person's, and those of an account that practises; addresses name its ref."""

from flask import Blueprint

attempting = Blueprint("attempting", __name__, url_prefix="/attempts/<ref>")

from harness.web.attempting import questions, report, tasks, uploads  # noqa: E402, F401 - they hang their views on the blueprint
