"""The report of an attempt, for the person whose it is, as the assessment's policy allows; and appeals against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from flask import abort, flash, get_template_attribute, redirect, render_template, request, url_for
from markupsafe import Markup

from harness.reports import html as report_page
from harness.services import appeals, reporting
from harness.services.errors import Refused
from harness.web import code, report_files
from harness.web.attempting import attempting
from harness.web.attempting.paths import leave
from harness.web.person import my_attempt, whose
from harness.web.security import limiter

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as BaseResponse

    from harness.services.reporting import TaskLine
    from harness.store.models import Appeal, Attempt

NOTHING: Mapping[str, str] = {}


@attempting.get("/report")
def report(ref: str) -> BaseResponse | str:
    attempt = my_attempt(ref)
    if why := reporting.not_yet(attempt):
        return leave(attempt, why)
    return report_of(attempt)


def report_of(attempt: Attempt, kept: Mapping[str, str] = NOTHING) -> str:
    """The page; ``kept`` are texts of forms that were not taken, by what they are about."""
    return render_template(
        "reporting/candidate.html",
        attempt=attempt,
        report=reporting.for_candidate(attempt),
        appeals=appeals.of_attempt(attempt.id),
        kept=kept,
    )


@attempting.get("/report/state")
def report_state(ref: str) -> str:
    """What is not known yet, for the page that waits for it. Raises Refused."""
    attempt = my_attempt(ref)
    made = reporting.for_candidate(attempt)
    return render_template("reporting/_waiting.html", attempt=attempt, report=made, asking=made.complete)


@attempting.get("/report/tasks/<int:number>")
def task_report(ref: str, number: int) -> BaseResponse | str:
    attempt = my_attempt(ref)
    if why := reporting.not_yet(attempt):
        return leave(attempt, why)
    return task_report_of(attempt, number)


def task_report_of(attempt: Attempt, number: int, kept: Mapping[str, str] = NOTHING) -> str:
    line = task_line(attempt, number)
    assert line.report is not None
    mine: dict[str, list[Appeal]] = defaultdict(list)
    for one in appeals.of_attempt(attempt.id):
        if one.submission == line.submission and line.submission is not None:
            mine[one.check].append(one)
    return render_template(
        "reporting/task.html",
        attempt=attempt,
        line=line,
        body=report_page.render_body(line.report, beside=beside(attempt, line, mine, kept)),
        whole=mine[appeals.WHOLE],
        remarks=code.with_excerpts(line.comments),
        kept=kept,
    )


def beside(
    attempt: Attempt, line: TaskLine, mine: Mapping[str, list[Appeal]], kept: Mapping[str, str]
) -> dict[str, Markup]:
    """What stands under a check: what was said against its verdict, and the form to say so where it failed."""
    filed = get_template_attribute("reporting/_picture.html", "filed")
    form = get_template_attribute("reporting/_picture.html", "appeal_form")
    action = url_for("attempting.appeal", ref=attempt.ref)
    found = {}
    for check in [check for concept in line.report.concepts for check in concept.checks] if line.report else []:
        said = mine.get(check.id, [])
        shown = filed(said)
        if check.outcome == "failed" and not any(one.state == "open" for one in said):
            shown += form(action, line.number, check.id, check=check.id, kept=kept.get(check.id, ""))
        found[check.id] = Markup(shown)  # noqa: S704 - of templates of ours
    return found


def task_line(attempt: Attempt, number: int) -> TaskLine:
    """The task of this number, which has a report to show; 404 where there is none. Raises Refused."""
    found = [one for one in reporting.for_candidate(attempt).tasks if one.number == number and one.report]
    return found[0] if found else abort(404)


@attempting.get("/report/tasks/<int:number>.<any(html, json):kind>")
def report_file(ref: str, number: int, kind: str) -> Response:
    """A task's report as a file of its own."""
    line = task_line(my_attempt(ref), number)
    assert line.report is not None
    return report_files.one_task(line.report, kind)


@attempting.get("/report.<any(html, json):kind>")
def whole_file(ref: str, kind: str) -> Response:
    """All of it in one file."""
    return report_files.whole(reporting.for_candidate(my_attempt(ref)), kind)


@attempting.post("/report/appeal")
@limiter.limit("20 per hour", key_func=whose)
def appeal(ref: str) -> BaseResponse | tuple[str, int]:
    attempt = my_attempt(ref)
    number = request.form.get("number", default=0, type=int)
    about_check = "check" in request.form
    try:
        back = about_a_check(attempt, number) if about_check else about_a_question(attempt, number)
    except Refused as refusal:
        flash(str(refusal), "problem")
        text = request.form.get("text", "")
        if reporting.not_yet(attempt) or not reporting.is_full(attempt):
            raise
        if about_check:
            return task_report_of(attempt, number, {request.form["check"]: text}), 422
        return report_of(attempt, {f"question-{number}": text}), 422
    flash("Thank you. Somebody will look at it, and the answer will stand here.", "done")
    return redirect(back)


def about_a_question(attempt: Attempt, number: int) -> str:
    """Files the appeal; gives where it is shown. Raises Refused."""
    lines = reporting.for_candidate(attempt).questions
    line = next((one for one in lines if one.number == number), None) or abort(404)
    appeals.file_about_question(attempt.id, line.item.id, request.form.get("text", ""))
    return url_for("attempting.report", ref=attempt.ref, _anchor=f"question-{number}")


def about_a_check(attempt: Attempt, number: int) -> str:
    """The same for a verdict. Raises Refused."""
    line, check = task_line(attempt, number), request.form["check"]
    assert line.submission is not None
    appeals.file_about_check(attempt.id, line.submission.id, check, request.form.get("text", ""))
    anchor = f"check-{check}" if check != appeals.WHOLE else "grading"
    return url_for("attempting.task_report", ref=attempt.ref, number=number, _anchor=anchor)
