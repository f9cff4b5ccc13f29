"""A published assessment: who is invited, how far they are, and what they have reached."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from flask import current_app, redirect, render_template, request, url_for
from markupsafe import Markup

from harness.services import assessments as deeds
from harness.services import clocks, following, mailing
from harness.services.following import PAGE, Stage
from harness.store.models import AssessmentState
from harness.web.assessments import assessments
from harness.web.assessments.forms import AI_RULES, COUNTS, POLICIES, WindowForm
from harness.web.person import account

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from harness.store.models import Assessment

FURTHEST = 1_000_000
SEEN = 16  # characters by which an answer knows the one before


@assessments.get("/<ref>")
def show(ref: str) -> Response | str:
    me = account()
    found = deeds.readable(ref, me)
    mine = deeds.may_change(found, me)
    if found.state is AssessmentState.DRAFT:
        return redirect(url_for("assessments.edit" if mine else "assessments.preview", ref=ref))
    return render_template(
        "assessments/show.html",
        assessment=found,
        mine=mine,
        people=people_part(found, mine)[0],
        asked=request.args.get("q", ""),
        window=WindowForm(obj=found),
        troubled=mailing.troubled(found.id),
        offered=clocks.offered(found),
        words={"ai": AI_RULES, "report": POLICIES, "counts": COUNTS},
    )


@assessments.get("/<ref>/people")
def people(ref: str) -> str | tuple[str, int]:
    """The list alone, for the page that keeps it up to date; nothing where nothing is new."""
    me = account()
    found = deeds.readable(ref, me)
    shown, seen = people_part(found, deeds.may_change(found, me))
    return ("", 204) if seen == request.args.get("seen") else shown


def people_part(found: Assessment, mine: bool) -> tuple[Markup, str]:
    """The list as HTML, and what names all that it shows: by that the page says next time what it has."""
    text, stage = request.args.get("q", "").strip(), request.args.get("stage", "")
    after = max(0, min(request.args.get("after", default=0, type=int), FURTHEST))
    known = Stage(stage) if stage in list(Stage) else None
    followed = following.follow(found, known, text, after)
    values: dict[str, Any] = {
        "assessment": found,
        "mine": mine,
        "followed": followed,
        "stage": known and known.value,
        "text": text,
        "after": after,
        "page": PAGE,
        "mails": mailing.last_of([one.invitation.id for one in followed.rows]),
    }
    template = current_app.jinja_env.get_template("assessments/_people.html")
    seen = hashlib.sha256(template.render(**values, seen="").encode()).hexdigest()[:SEEN]
    return Markup(template.render(**values, seen=seen)), seen  # noqa: S704 - a template's own output
