"""The report of an attempt, for the person whose it is, as the assessment's policy allows; and appeals against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, abort, flash, redirect, render_template, request, url_for

from harness.reports import html as report_page
from harness.reports import json as report_json
from harness.services import appeals, reporting
from harness.services.errors import Refused
from harness.web.attempting import attempting
from harness.web.attempting.paths import leave
from harness.web.person import my_attempt
from harness.web.security import limiter

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as BaseResponse

    from harness.services.reporting import TaskLine
    from harness.store.models import Attempt

FORMATS = {"html": (report_page.render, "text/html"), "json": (report_json.render, "application/json")}


@attempting.get("/report")
def report(ref: str) -> BaseResponse | str:
    attempt = my_attempt(ref)
    if why := reporting.not_yet(attempt):
        return leave(attempt, why)
    return render_template(
        "reporting/candidate.html",
        attempt=attempt,
        report=reporting.for_candidate(attempt),
        appeals=appeals.of_attempt(attempt.id),
    )


@attempting.get("/report/tasks/<int:number>")
def task_report(ref: str, number: int) -> BaseResponse | str:
    attempt = my_attempt(ref)
    if why := reporting.not_yet(attempt):
        return leave(attempt, why)
    line = task_line(attempt, number)
    assert line.report is not None
    return render_template(
        "reporting/task.html",
        attempt=attempt,
        line=line,
        body=report_page.render_body(line.report),
        appeals=[one for one in appeals.of_attempt(attempt.id) if one.submission == line.submission],
    )


def task_line(attempt: Attempt, number: int) -> TaskLine:
    """The task of this number, which has a report to show; 404 where there is none. Raises Refused."""
    found = [one for one in reporting.for_candidate(attempt).tasks if one.number == number and one.report]
    return found[0] if found else abort(404)


@attempting.get("/report/tasks/<int:number>.<any(html, json):kind>")
def report_file(ref: str, number: int, kind: str) -> Response:
    """A task's report as a file of its own."""
    line = task_line(my_attempt(ref), number)
    assert line.report is not None
    render, mimetype = FORMATS[kind]
    name = f"{line.item.frozen.item.replace('/', '-')}.{kind}"
    return Response(
        render(line.report), mimetype=mimetype, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@attempting.post("/report/appeal")
@limiter.limit("20 per hour")
def appeal(ref: str) -> BaseResponse:
    attempt = my_attempt(ref)
    text, number = request.form.get("text", ""), request.form.get("number", default=0, type=int)
    try:
        made = reporting.for_candidate(attempt)
        if "check" in request.form:
            line = next((one for one in made.tasks if one.number == number and one.submission), None) or abort(404)
            assert line.submission is not None
            appeals.file_about_check(attempt.id, line.submission.id, request.form["check"], text)
            back = url_for("attempting.task_report", ref=ref, number=number, _anchor="appeals")
        else:
            found = next((one for one in made.questions if one.number == number), None) or abort(404)
            appeals.file_about_question(attempt.id, found.item.id, text)
            back = url_for("attempting.report", ref=ref, _anchor=f"question-{number}")
    except Refused as refusal:
        flash(str(refusal), "problem")
        return redirect(url_for("attempting.report", ref=ref))
    flash("Thank you. Somebody will look at it, and the answer will stand here.", "done")
    return redirect(back)
