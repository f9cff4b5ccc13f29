"""The page of one submission: findings beside the code, comments, what changed, and decisions about verdicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import Response, abort, flash, redirect, render_template, request
from sqlalchemy import select

from harness.domain.packs import unpack
from harness.domain.records import from_json
from harness.domain.verdicts import Outcome
from harness.reports import html as report_page
from harness.reports.model import Audience
from harness.services import (
    appeals,
    comments,
    grading_queue,
    overruling,
    phrases,
    regrading,
    reporting,
    results,
    rubrics,
    tasks,
)
from harness.services.comments import Place
from harness.services.errors import Refused
from harness.store.base import db
from harness.store.models import AttemptItem, Part, Submission
from harness.web import code, report_files
from harness.web.grading_pages.wanted import from_queue, in_queue, page_of, wanted
from harness.web.person import account
from harness.web.staff import reports_of
from harness.web.staff.forms import NOTHING, Form
from harness.web.staff.reading import found

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from werkzeug.wrappers import Response as BaseResponse

    from harness.reports.model import CheckView, ConceptView, Report
    from harness.services.reporting import Try
    from harness.store.models import Appeal, Assessment, Attempt, Comment, Override
    from harness.web.code import File

    Finding = tuple[ConceptView, CheckView]

VIEWS = {"code": "Findings and code", "changes": "Changes to the starter", "report": "The whole report"}


def try_of(attempt: Attempt, submission_ref: str) -> Try:
    """What was handed in under this name at this attempt; 404 where nothing was."""
    of_attempt = AttemptItem.attempt_id == attempt.id
    item = db.session.scalar(
        select(AttemptItem).join(Submission).where(of_attempt, Submission.ref == submission_ref)
    ) or abort(404)
    marks = results.bare_standings([attempt], part=Part.TASKS)[attempt.id].marks
    counting = next((mark.result.submission_id for mark in marks if mark.item.id == item.id and mark.result), None)
    tries = reporting.tries_of(item, counting)
    return next((one for one in tries if one.submission.ref == submission_ref), None) or abort(404)


@reports_of.get("/submissions/<submission_ref>")
def submission(ref: str, attempt_ref: str, submission_ref: str) -> str:
    assessment, attempt = found(ref, attempt_ref)
    form = Form(ref=request.args.get("edit", ""))
    if "file" in request.args:
        form = Form(place_in(try_of(attempt, submission_ref).submission, request.args))
    return submission_page(assessment, attempt, submission_ref, form)


def place_in(submission: Submission, said: Mapping[str, str]) -> Place:
    """The lines that a form or an address names: of the file of this number, or of all that was handed in."""
    if not said.get("file"):
        return comments.WHOLE
    numbers = dict(enumerate(unpack(submission.blob.content)))
    file, first, last = (as_number(said.get(name, "")) for name in ("file", "first", "last"))
    return Place(numbers.get(file) or abort(404), first, last or first)


def as_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 0


def submission_page(
    assessment: Assessment,
    attempt: Attempt,
    submission_ref: str,
    form: Form = NOTHING,
    kept: Mapping[str, str] | None = None,
) -> str:
    """The page, with an open form; ``kept`` are points by hand that were filled in and not taken."""
    one = try_of(attempt, submission_ref)
    view = request.args.get("view", "code")
    view = view if view in VIEWS else "code"
    values = {"code": beside_code, "changes": changes, "report": whole}[view](one, form)
    here = {"ref": assessment.ref, "attempt_ref": attempt.ref, "submission_ref": submission_ref}
    return render_template(
        f"grading/{view}.html",
        assessment=assessment,
        attempt=attempt,
        handed_in=one,
        submission=one.submission,
        tries=list(reporting.tries_of(one.submission.item)),
        progress=tasks.progress(one.submission),
        view=view,
        views=VIEWS,
        form=form,
        sheet=rubrics.sheet(one.submission),
        kept=kept or {},
        here={**here, **in_queue()},
        queue=in_queue(),
        walk=grading_queue.around(account(), wanted(), one.submission) if from_queue() else None,
        page_of=page_of,
        me=account(),
        **values,
    )


def beside_code(one: Try, form: Form) -> dict[str, Any]:
    """Findings, files and comments."""
    submission = one.submission
    result = results.newest_result(submission.id)
    report = reporting.report_of(result, Audience.GRADER) if result else None
    files = code.files_of(submission.blob.content, tasks.view(submission.item.frozen).files)
    said = comments.of_submission(submission.id)
    decided = by_check(overruling.history([submission.id]))
    against = about_checks(submission)
    attention, calm = sorted_out(report, {*decided, *against, form.check})
    return {
        "result": result,
        "report": report,
        "tests": {verdict.check: verdict.outcome.value for verdict in from_json(result.content).verdicts}
        if result
        else {},
        "files": files,
        "comments": by_place(said),
        "whole": [comment for comment in said if not comment.path],
        "drafts": sum(comment.published_at is None for comment in said),
        "decisions": decided,
        "appeals": against,
        "attention": attention,
        "calm": calm,
        "phrases": phrases.usable(account()),
        "traced": traced(report, files),
    }


def sorted_out(report: Report | None, touched: Collection[str]) -> tuple[list[Finding], list[Finding]]:
    """Each concept's checks: those that did not pass, or that people said something about; and all others."""
    found = [(concept, check) for concept in report.concepts for check in concept.checks] if report else []
    attention = [one for one in found if one[1].outcome != Outcome.PASSED or one[1].id in touched]
    return attention, [one for one in found if one not in attention]


def by_place(said: Sequence[Comment]) -> Mapping[tuple[str, int], list[Comment]]:
    """Comments by the file and the line under which they stand."""
    made: dict[tuple[str, int], list[Comment]] = defaultdict(list)
    for one in said:
        made[one.path, one.last].append(one)
    return made


def by_check(decided: Sequence[Override]) -> Mapping[str, list[Override]]:
    """Decisions by what they are about, the newest first."""
    made: dict[str, list[Override]] = defaultdict(list)
    for one in reversed(decided):
        made[one.check].append(one)
    return made


def about_checks(submission: Submission) -> Mapping[str, list[Appeal]]:
    """What the candidate said against this submission's grading, by check."""
    made: dict[str, list[Appeal]] = defaultdict(list)
    for one in appeals.of_attempt(submission.item.attempt_id):
        if one.submission_id == submission.id:
            made[one.check].append(one)
    return made


def traced(report: Report | None, files: Sequence[File]) -> Mapping[str, Mapping[str, Any]]:
    """What was printed and raised, by check and kind, with links into the code."""
    numbers = {one.path: one.number for one in files}
    shown = {one.path: len(one.lines) for one in files}
    texts: dict[str, Mapping[str, str]] = {}
    for check in [check for concept in report.concepts for check in concept.checks] if report else []:
        if check.detail:
            detail = check.detail
            texts[check.id] = {"Message": detail.message, "Traceback": detail.traceback, "Output": detail.output}
    if report and report.start:
        texts[""] = {"Traceback": report.start.traceback, "What it printed": report.start.output}
    return {
        name: {kind: code.pointed(text, numbers, shown) for kind, text in kinds.items() if text.strip()}
        for name, kinds in texts.items()
    }


def changes(one: Try, form: Form) -> dict[str, Any]:
    """What became of the starter."""
    starter = tasks.view(one.submission.item.frozen).files
    return {"differences": code.differences(one.submission.blob.content, starter)}


def whole(one: Try, form: Form) -> dict[str, Any]:
    """The report as graders keep it."""
    result = results.newest_result(one.submission.id)
    return {"body": report_page.render_body(reporting.report_of(result, Audience.GRADER), 2) if result else None}


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
    return redirect(page_of(one.submission, in_queue()))
