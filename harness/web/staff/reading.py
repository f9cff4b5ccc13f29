"""One person's report as the staff reads it: with tracebacks, the timeline, and every submission with its files."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from flask import Response, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select

from harness.domain.packs import unpack
from harness.reports.inert import inert, inert_line
from harness.services import (
    appeals,
    assessments,
    decisions,
    overruling,
    replaying,
    reporting,
    timeline,
)
from harness.services.errors import Refused
from harness.store.base import db
from harness.store.models import Attempt, Part
from harness.web import code, report_files
from harness.web.person import account
from harness.web.staff import reports_of
from harness.web.staff.forms import NOTHING, Form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Response as BaseResponse

    from harness.services.reporting import Try
    from harness.store.models import Assessment, Override


def found(ref: str, attempt_ref: str) -> tuple[Assessment, Attempt]:
    """The assessment and one attempt at it, for who may read them; 404 where there is none. Raises Refused."""
    assessment = assessments.readable(ref, account())
    attempt = db.session.scalar(
        select(Attempt).where(Attempt.ref == attempt_ref, Attempt.assessment_id == assessment.id)
    )
    return assessment, attempt or abort(404)


@reports_of.get("/report")
def show(ref: str, attempt_ref: str) -> str:
    return report_page(*found(ref, attempt_ref))


def report_page(assessment: Assessment, attempt: Attempt, form: Form = NOTHING) -> str:
    """The page, with an open form where a decision was not taken."""
    events = timeline.events_of(attempt)
    report = reporting.for_staff(attempt)
    return render_template(
        "reporting/staff.html",
        assessment=assessment,
        attempt=attempt,
        report=report,
        **report_files.joined(report),
        appeals=[(one, appeals.heading(one)) for one in appeals.of_attempt(attempt.id)],
        decisions=decisions.of(attempt.invitation_id or 0),
        may_decide=assessments.may_change(assessment, account()),
        stretches=timeline.stretches(attempt, events),
        moments=timeline.moments(attempt, events),
        overruled=overruled_in(attempt),
        form=form,
    )


@reports_of.get("/replay/<int:number>")
def replay(ref: str, attempt_ref: str, number: int) -> str:
    """A task step by step: what changed at each save, run and submission."""
    assessment, attempt = found(ref, attempt_ref)
    items = [item for item in attempt.items if item.part is Part.TASKS]
    item = items[number - 1] if 1 <= number <= len(items) else abort(404)
    steps = replaying.steps(item)
    place = max(0, min(request.args.get("step", default=1, type=int), len(steps)) - 1)
    differences = (
        code.differences(replaying.packed(steps[place]), replaying.files_before(item, steps, place)) if steps else []
    )
    return render_template(
        "reporting/replay.html",
        assessment=assessment,
        attempt=attempt,
        item=item,
        number=number,
        steps=steps,
        place=place,
        differences=differences,
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


def overruled_in(attempt: Attempt) -> Mapping[int, list[Override]]:
    """What was decided about its answers, by item, the newest first."""
    made: dict[int, list[Override]] = defaultdict(list)
    for one in reversed(overruling.history(item_ids=[item.id for item in attempt.items])):
        made[one.item_id or 0].append(one)
    return made


@reports_of.get("/report.<any(html, json):kind>")
def file(ref: str, attempt_ref: str, kind: str) -> Response:
    """All of it in one file."""
    _, attempt = found(ref, attempt_ref)
    return report_files.whole(reporting.for_staff(attempt), kind)


def files_of(handed_in: Try) -> list[tuple[str, str]]:
    """Names and texts, which can only be read."""
    return [(inert_line(path), inert(data)) for path, data in unpack(handed_in.submission.blob.content).items()]
