"""Points by hand, filled in on a submission's page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flask import abort, flash, redirect, request, url_for
from sqlalchemy import select

from harness.services import assessments as deeds
from harness.services import gradebook as books
from harness.services import rubrics
from harness.services.errors import Refused, Why
from harness.services.rubrics import Given, Sheet
from harness.store.base import db
from harness.store.models import Assessment, Attempt, AttemptItem, Submission
from harness.web.gradebook import gradebook
from harness.web.gradebook.showing import next_without_points
from harness.web.person import account
from harness.web.staff.submission import submission_page

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


def found(assessment: Assessment, ref: str) -> tuple[Attempt, Submission]:
    """A submission of the assessment and its attempt; 404 where there is none."""
    chosen = (
        select(Attempt, Submission)
        .join(AttemptItem, AttemptItem.attempt_id == Attempt.id)
        .join(Submission, Submission.item_id == AttemptItem.id)
        .where(Attempt.assessment_id == assessment.id, Submission.ref == ref)
    )
    row = db.session.execute(chosen).one_or_none()
    return (row[0], row[1]) if row else abort(404)


@gradebook.post("/points/<submission_ref>")
def give(ref: str, submission_ref: str) -> Response | tuple[str, int]:
    """Keeps the points, and goes on to the next submission without any where that is wanted."""
    me = account()
    assessment = deeds.readable(ref, me)
    attempt, submission = found(assessment, submission_ref)
    here = url_for(
        "reports_of.submission", ref=ref, attempt_ref=attempt.ref, submission_ref=submission.ref, _anchor="by-hand"
    )
    try:
        sheet = rubrics.sheet(submission)
        if sheet is None:
            raise Refused(Why.UNKNOWN, "This task has no rubric.")
        kept = rubrics.give(submission.id, sent(sheet, request.form), me.id, request.form.get("seen", ""))
    except Refused as refusal:
        if refusal.why is Why.UNKNOWN:
            raise
        flash(str(refusal), "problem")
        return submission_page(deeds.readable(ref, me), attempt, submission_ref, kept=request.form), 422
    flash(
        f"{kept.given:g} of {kept.possible:g} points." if kept.given is not None else "Saved; some points are open.",
        "done",
    )
    if request.form.get("do") != "next":
        return redirect(here)
    following = next_without_points(books.of(deeds.readable(ref, me)).lines, submission_ref)
    if following is None:
        flash("Everybody has points now.", "done")
        return redirect(url_for("gradebook.index", ref=ref))
    return redirect(
        url_for(
            "reports_of.submission", ref=ref, attempt_ref=following[0], submission_ref=following[1], _anchor="by-hand"
        )
    )


def sent(sheet: Sheet, form: Mapping[str, str]) -> dict[int, Given]:
    """What was filled in, by criterion. Raises Refused for points that are no number."""
    given = {}
    for line in sheet.lines:
        text = form.get(f"points-{line.criterion.ref}", "").strip().replace(",", ".")
        try:
            points = float(text) if text else None
        except ValueError as error:
            raise Refused(Why.INVALID, f"“{line.criterion.title}”: {text[:20]} is no number.") from error
        given[line.criterion.id] = Given(points, form.get(f"comment-{line.criterion.ref}", ""))
    return given
