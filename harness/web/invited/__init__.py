"""An invited person's own page: what awaits, the rules, where they stand. No account is needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_login import logout_user

from harness.services import api_tokens, attempts, clocks, handing_in, reporting
from harness.services.errors import Refused
from harness.store.models import Attempt, AttemptItem, AttemptPart, Invitation, Part, SubmissionKind
from harness.web.access import INVITED
from harness.web.person import invitation
from harness.web.security import limiter

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

invited = Blueprint("invited", __name__, url_prefix="/assessment")


@dataclass(frozen=True, slots=True)
class Stand:
    """One part as the overview shows it: before, while and after its clock runs."""

    part: Part
    count: int
    minutes: int
    clock: AttemptPart | None

    @property
    def over(self) -> bool:
        return self.clock is not None and clocks.over(self.clock)


@invited.get("/open/<token>")
@limiter.limit("30 per minute")
def open_link(token: str) -> Response | tuple[str, int]:
    """The link of an invitation: from here on this browser is that person. Any number of devices may open it."""
    try:
        found = attempts.find_invitation(token)
    except Refused as refusal:
        return render_template("problem.html", title="This link can't be used", text=str(refusal)), 404
    attempts.opened(found.id)
    logout_user()
    session.clear()
    session[INVITED] = found.id
    session.permanent = True
    return redirect(url_for("invited.overview"))


@invited.get("/")
def overview() -> str:
    mine = invitation()
    attempt = attempts.attempt_of(mine.id)
    return render_template(
        "invited/overview.html",
        invitation=mine,
        assessment=mine.assessment,
        attempt=attempt,
        stands=stands(mine, attempt),
        waiting=attempts.not_open_because(mine),
        closes_at=clocks.closes_at(mine),
        receipts=receipts(attempt) if attempt else [],
        no_report=reporting.not_yet(attempt) if attempt else "",
    )


def stands(mine: Invitation, attempt: Attempt | None) -> list[Stand]:
    return [
        Stand(
            part,
            count,
            clocks.minutes_for(mine.assessment, mine, part),
            clocks.clock(attempt, part) if attempt else None,
        )
        for part, count in clocks.offered(mine.assessment).items()
    ]


def receipts(attempt: Attempt) -> list[tuple[AttemptItem, list[object]]]:
    """Every submission that was handed in, by task."""
    tasks = [item for item in attempt.items if item.part is Part.TASKS]
    return [
        (item, [one for one in item.submissions if one.kind is not SubmissionKind.PUBLIC_RUN])
        for item in tasks
        if item.submissions
    ]


@invited.post("/<any(questions, tasks):part>/start")
def start(part: str) -> Response:
    attempt = attempts.begin(invitation().id)
    attempts.start_part(attempt.id, Part(part))
    return redirect(first_page(attempt, Part(part)))


@invited.post("/warm-up")
def warm_up() -> Response:
    """Tries the pages without a clock."""
    attempt = attempts.warm_up(invitation().id)
    return redirect(first_page(attempt, Part.QUESTIONS))


def first_page(attempt: Attempt, part: Part) -> str:
    endpoint = "attempting.question" if part is Part.QUESTIONS else "attempting.task"
    return url_for(endpoint, ref=attempt.ref, number=1)


@invited.get("/<any(questions, tasks):part>/end")
def ending(part: str) -> Response | str:
    """Asks before a part is ended for good."""
    mine = invitation()
    attempt = attempts.attempt_of(mine.id)
    found = next((one for one in stands(mine, attempt) if one.part == part), None)
    if attempt is None or found is None or found.clock is None or found.over:
        return redirect(url_for("invited.overview"))
    if found.part is Part.QUESTIONS:
        return redirect(url_for("attempting.review", ref=attempt.ref))
    return render_template(
        "invited/ending.html",
        assessment=mine.assessment,
        attempt=attempt,
        stand=found,
        draft_counts=handing_in.draft_counts,
    )


@invited.post("/declaration")
def declare() -> Response:
    attempt = attempts.begin(invitation().id)
    try:
        attempts.declare(attempt.id, request.form.get("text", ""))
    except Refused as refusal:
        flash(str(refusal), "problem")
    else:
        flash("Your declaration is saved.", "done")
    return redirect(url_for("invited.overview", _anchor="declaration"))


@invited.post("/token")
@limiter.limit("10 per minute")
def token() -> str:
    """A token for handing in from one's own machine, shown this once; an earlier one ends."""
    mine = invitation()
    made, server = api_tokens.create_for(mine), url_for("home.index", _external=True)
    return render_template("invited/token.html", invitation=mine, token=made, server=server)
