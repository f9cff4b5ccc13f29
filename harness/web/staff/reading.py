"""One person's report as the staff reads it: with tracebacks, the timeline, and every submission with its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, abort, render_template
from sqlalchemy import select

from harness.domain.packs import unpack
from harness.reports import html as report_page
from harness.reports.inert import inert, inert_line
from harness.reports.model import Audience
from harness.services import appeals, assessments, overrides, reporting, results, tasks, timeline
from harness.store.base import db
from harness.store.models import Attempt, AttemptItem, Submission, SubmissionKind
from harness.web.person import account
from harness.web.staff import reports_of

if TYPE_CHECKING:
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
    return render_template(
        "reporting/staff.html",
        assessment=assessment,
        attempt=attempt,
        report=reporting.for_staff(attempt),
        appeals=appeals.of_attempt(attempt.id),
        timeline=timeline.of(attempt),
        handed_in=[
            (one, results.newest_result(one.id), tasks.progress(one))
            for item in attempt.items
            for one in item.submissions
            if one.kind is not SubmissionKind.PUBLIC_RUN
        ],
    )


def submission_of(attempt: Attempt, submission_ref: str) -> Submission:
    """A submission of this attempt; 404 where it is none."""
    chosen = (
        select(Submission)
        .join(AttemptItem)
        .where(Submission.ref == submission_ref, AttemptItem.attempt_id == attempt.id)
    )
    return db.session.scalar(chosen) or abort(404)


@reports_of.get("/submissions/<submission_ref>")
def submission(ref: str, attempt_ref: str, submission_ref: str) -> str:
    assessment, attempt = found(ref, attempt_ref)
    one = submission_of(attempt, submission_ref)
    result = results.newest_result(one.id)
    return render_template(
        "reporting/submission.html",
        assessment=assessment,
        attempt=attempt,
        submission=one,
        progress=tasks.progress(one),
        body=report_page.render_body(reporting.report_of(result, Audience.GRADER)) if result else None,
        overrides=overrides.of_submission(one.id),
        files=[(inert_line(path), inert(data)) for path, data in unpack(one.blob.content).items()],
    )


@reports_of.get("/submissions/<submission_ref>/files.zip")
def files(ref: str, attempt_ref: str, submission_ref: str) -> Response:
    """What was handed in, as it was."""
    _, attempt = found(ref, attempt_ref)
    one = submission_of(attempt, submission_ref)
    return Response(
        one.blob.content,
        mimetype="application/zip",
        headers={"Content-Disposition": f'attachment; filename="submission-{one.ordinal}.zip"'},
    )
