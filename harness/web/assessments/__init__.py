"""An interviewer's pages: build an assessment, publish it, invite people, follow them."""

from flask import Blueprint

assessments = Blueprint("assessments", __name__, url_prefix="/assessments")

from harness.web.assessments import (  # noqa: E402, F401 - views
    building,
    comparing,
    following,
    inviting,
    likenesses,
    templates,
    whole,
)
