"""Appeals, for those who answer them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from harness.domain.records import from_json
from harness.reports import html as report_page
from harness.reports.inert import inert
from harness.reports.model import Audience
from harness.services import appeals as deeds
from harness.services import reporting, results, tasks
from harness.services.errors import Refused
from harness.web.grading_pages.wanted import in_queue, page_of
from harness.web.person import account
from harness.web.staff import appeals
from harness.web.staff.reading import files_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from werkzeug.wrappers import Response

    from harness.store.models import Appeal


@appeals.get("/")
def index() -> str:
    me = account()
    return render_template(
        "reporting/appeals.html",
        waiting=named(deeds.open_ones(me)),
        open=deeds.open_for(me),
        answered=named(deeds.answered(me)),
    )


def named(found: Sequence[Appeal]) -> list[tuple[Appeal, str]]:
    return [(one, deeds.heading(one)) for one in found]


@appeals.get("/<ref>")
def one(ref: str) -> str:
    return page(deeds.readable(ref, account()))


@appeals.post("/<ref>")
def answer(ref: str) -> Response | tuple[str, int]:
    me = account()
    appeal = deeds.readable(ref, me)
    accepted, text = request.form.get("decision") == "accept", request.form.get("text", "")
    try:
        deeds.answer(appeal.id, me, accepted=accepted, text=text)
    except Refused as refusal:
        flash(str(refusal), "problem")
        return page(deeds.readable(ref, me), text), 422
    flash("Answered. The candidate reads it in the report.", "done")
    if appeal.submission and appeal.attempt.assessment and request.form.get("back") == "submission":
        return redirect(page_of(appeal.submission, in_queue()))
    return redirect(url_for("appeals.index"))


def page(appeal: Appeal, kept: str = "") -> str:
    """What it is about, with all that a person needs to decide; ``kept`` is an answer that was not taken."""
    values = about_question(appeal) if appeal.item is not None else about_submission(appeal)
    return render_template(
        "reporting/appeal.html",
        appeal=appeal,
        heading=deeds.heading(appeal),
        about=deeds.about(appeal),
        kept=kept,
        **values,
    )


def about_question(appeal: Appeal) -> dict[str, Any]:
    lines = reporting.for_staff(appeal.attempt).questions
    return {"line": next(one for one in lines if one.item.id == appeal.item_id), "verdict": None}


def about_submission(appeal: Appeal) -> dict[str, Any]:
    item = deeds.item_of(appeal)
    handed_in = next(one for one in reporting.tries_of(item) if one.submission.id == appeal.submission_id)
    result = results.newest_result(handed_in.submission.id)
    verdicts = from_json(result.content).verdicts if result else ()
    verdict = next((one for one in verdicts if one.check == appeal.check), None)
    return {
        "line": None,
        "verdict": verdict,
        "texts": {name: inert(getattr(verdict, name)) for name in ("message", "traceback", "output")}
        if verdict
        else {},
        "handed_in": handed_in,
        "files": files_of(handed_in),
        "brief": tasks.view(item.frozen).brief,
        "body": report_page.render_body(reporting.report_of(result, Audience.GRADER), 3) if result else None,
    }
