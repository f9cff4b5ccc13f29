"""One person's report as the staff reads it: with tracebacks, the timeline, and every submission with its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select

from harness.domain.packs import unpack
from harness.reports import html as report_page
from harness.reports.inert import inert, inert_line
from harness.reports.model import Audience
from harness.services import (
    appeals,
    assessments,
    decisions,
    interviewing,
    joining,
    overrides,
    regrading,
    reporting,
    results,
    tasks,
    timeline,
)
from harness.services.errors import Refused
from harness.store.base import db
from harness.store.models import Attempt
from harness.web import report_files
from harness.web.person import account
from harness.web.staff import reports_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as BaseResponse

    from harness.services.reporting import Try
    from harness.store.models import Assessment


def found(ref: str, attempt_ref: str) -> tuple[Assessment, Attempt]:
    """The assessment and one attempt at it, for who may read them; 404 where there is none. Raises Refused."""
    assessment = assessments.readable(ref, account())
    attempt = db.session.scalar(
        select(Attempt).where(Attempt.ref == attempt_ref, Attempt.assessment_id == assessment.id)
    )
    return assessment, attempt or abort(404)


@reports_of.get("/report")
def show(ref: str, attempt_ref: str) -> str:
    assessment, attempt = found(ref, attempt_ref)
    events = timeline.events_of(attempt)
    report = reporting.for_staff(attempt)
    concepts = joining.joined(report)
    return render_template(
        "reporting/staff.html",
        assessment=assessment,
        attempt=attempt,
        report=report,
        concepts=concepts,
        cells=joining.by_cell(concepts),
        questions=interviewing.questions(report, concepts),
        appeals=[(one, appeals.heading(one)) for one in appeals.of_attempt(attempt.id)],
        decisions=decisions.of(attempt.invitation_id or 0),
        may_decide=assessments.may_change(assessment, account()),
        stretches=timeline.stretches(attempt, events),
        moments=timeline.moments(attempt, events),
    )


@reports_of.post("/decision")
def decide(ref: str, attempt_ref: str) -> BaseResponse:
    """Records what is decided about this person."""
    me = account()
    assessments.own(ref, me)
    _, attempt = found(ref, attempt_ref)
    if attempt.invitation_id is None:
        abort(404)
    try:
        decisions.decide(attempt.invitation_id, request.form.get("choice", ""), request.form.get("reason", ""), me.id)
    except Refused as refusal:
        flash(str(refusal), "problem")
    else:
        flash("The decision is recorded.", "done")
    return redirect(url_for("reports_of.show", ref=ref, attempt_ref=attempt_ref, _anchor="decision"))


@reports_of.get("/report.<any(html, json):kind>")
def file(ref: str, attempt_ref: str, kind: str) -> Response:
    """All of it in one file."""
    _, attempt = found(ref, attempt_ref)
    return report_files.whole(reporting.for_staff(attempt), kind)


def try_of(attempt: Attempt, submission_ref: str) -> Try:
    """What was handed in under this name at this attempt; 404 where nothing was."""
    handed_in = [one for item in attempt.items for one in reporting.tries_of(item)]
    return next((one for one in handed_in if one.submission.ref == submission_ref), None) or abort(404)


@reports_of.get("/submissions/<submission_ref>")
def submission(ref: str, attempt_ref: str, submission_ref: str) -> str:
    assessment, attempt = found(ref, attempt_ref)
    one = try_of(attempt, submission_ref)
    result = results.newest_result(one.submission.id)
    return render_template(
        "reporting/submission.html",
        assessment=assessment,
        attempt=attempt,
        handed_in=one,
        submission=one.submission,
        progress=tasks.progress(one.submission),
        body=report_page.render_body(reporting.report_of(result, Audience.GRADER)) if result else None,
        overrides=overrides.of_submission(one.submission.id),
        files=files_of(one),
    )


def files_of(handed_in: Try) -> list[tuple[str, str]]:
    """Names and texts, which can only be read."""
    return [(inert_line(path), inert(data)) for path, data in unpack(handed_in.submission.blob.content).items()]


@reports_of.get("/submissions/<submission_ref>.<any(html, json):kind>")
def submission_report(ref: str, attempt_ref: str, submission_ref: str, kind: str) -> Response:
    """A submission's report as a file of its own."""
    _, attempt = found(ref, attempt_ref)
    result = results.newest_result(try_of(attempt, submission_ref).submission.id) or abort(404)
    return report_files.one_task(reporting.report_of(result, Audience.GRADER), kind)


@reports_of.get("/submissions/<submission_ref>/files.zip")
def files(ref: str, attempt_ref: str, submission_ref: str) -> Response:
    """What was handed in, as it was."""
    _, attempt = found(ref, attempt_ref)
    one = try_of(attempt, submission_ref)
    return Response(
        one.submission.blob.content,
        mimetype="application/zip",
        headers={"Content-Disposition": f'attachment; filename="submission-{one.submission.ordinal}.zip"'},
    )


@reports_of.post("/submissions/<submission_ref>/grade")
def grade_again(ref: str, attempt_ref: str, submission_ref: str) -> BaseResponse:
    _, attempt = found(ref, attempt_ref)
    one = try_of(attempt, submission_ref)
    try:
        regrading.grade_again(one.submission.id, account().id)
    except Refused as refusal:
        flash(str(refusal), "problem")
    else:
        flash("It waits to be graded again. The earlier result is kept.", "done")
    return redirect(url_for("reports_of.submission", ref=ref, attempt_ref=attempt_ref, submission_ref=submission_ref))
