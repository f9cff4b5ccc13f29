"""How an assessment's grades are made and shown: when, under which names, and by which rubric."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from harness.services import assessments as deeds
from harness.services import pseudonyms, publishing, rubrics
from harness.services.errors import Refused, Why
from harness.services.publishing import Rules
from harness.services.rubrics import Wording
from harness.store.models import Assessment, ItemKind, Shown
from harness.web.gradebook import gradebook
from harness.web.person import account

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from werkzeug.wrappers import Response

SHOWN = {
    Shown.AT_ONCE: "each when they have ended",
    Shown.WHEN_PUBLISHED: "all at the same moment, when the grades are published",
}
NOTHING: Mapping[str, str] = {}


@gradebook.get("/rules")
def rules(ref: str) -> str:
    me = account()
    found = deeds.readable(ref, me)
    return page(found, mine=deeds.may_change(found, me))


def page(found: Assessment, *, mine: bool, kept: Mapping[str, str] = NOTHING, place: str = "") -> str:
    """The page; ``kept`` is what was filled in at ``place`` and not taken."""
    known = rubrics.rubrics(found.id)
    tasks = [one.frozen for one in found.items if one.frozen.kind is ItemKind.TASK]
    return render_template(
        "gradebook/rules.html",
        assessment=found,
        mine=mine,
        rules=publishing.rules_of(found),
        published_at=found.grade_rules and found.grade_rules.published_at,
        shown=SHOWN,
        tasks=[(one, known.get(one.item, ())) for one in tasks],
        most=rubrics.MOST_POINTS,
        kept=kept,
        place=place,
    )


def tried(ref: str, place: str, done: str, deed: Callable[[Assessment, int], object]) -> Response | tuple[str, int]:
    """Does it for who may, and goes back to ``place`` on the page, with what was filled in where it was refused."""
    me = account()
    found = deeds.own(ref, me)
    try:
        deed(found, me.id)
    except Refused as refusal:
        if refusal.why is Why.UNKNOWN:
            raise
        flash(str(refusal), "problem")
        return page(deeds.own(ref, me), mine=True, kept=request.form, place=place), 422
    flash(done, "done")
    return redirect(url_for("gradebook.rules", ref=ref, _anchor=place))


@gradebook.post("/rules")
def set_rules(ref: str) -> Response | tuple[str, int]:
    def deed(found: Assessment, by: int) -> None:
        percent = request.form.get("human_percent", default=-1, type=int)
        shown = request.form.get("shown", "")
        if shown not in list(Shown):
            raise Refused(Why.INVALID, "Choose when candidates read their grade.")
        publishing.set_rules(found.id, Rules(Shown(shown), percent), by)
        pseudonyms.hide_names(found.id, by, hide=bool(request.form.get("hide_names")))

    return tried(ref, "how", "The rules are saved.", deed)


def wording() -> Wording:
    """What was sent about a criterion."""
    sent = request.form
    return Wording(sent.get("title", ""), sent.get("description", ""), sent.get("points", default=0.0, type=float))


@gradebook.post("/rubric")
def add_criterion(ref: str) -> Response | tuple[str, int]:
    task = request.form.get("task", "")
    return tried(
        ref,
        f"task-{task.replace('/', '-')}",
        "The criterion is added.",
        lambda found, by: rubrics.add(found.id, task, wording(), by),
    )


@gradebook.post("/rubric/<criterion_ref>")
def change_criterion(ref: str, criterion_ref: str) -> Response | tuple[str, int]:
    place = f"criterion-{criterion_ref}"
    if request.form.get("do") == "remove":
        return tried(
            ref,
            "rubrics",
            "The criterion is removed, with the points that were given by it.",
            lambda found, by: rubrics.remove(rubrics.criterion_of(found, criterion_ref).id, by),
        )
    return tried(
        ref,
        place,
        "The criterion is changed.",
        lambda found, by: rubrics.change(rubrics.criterion_of(found, criterion_ref).id, wording(), by),
    )
