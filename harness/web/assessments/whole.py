"""An assessment as a whole: the list, beginning one, the preview, publishing, closing, copying, throwing away."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for

from harness.services import assessments as deeds
from harness.services import attempts, clocks, dealing, drawing, plans, results, tasks
from harness.services.errors import Refused
from harness.store.models import ItemKind
from harness.web.assessments import assessments
from harness.web.assessments.forms import TitleForm, WindowForm, in_utc
from harness.web.person import account

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from harness.store.models import FrozenItem


MOST_PERSONS = 1_000


@dataclass(frozen=True, slots=True)
class Previewed:
    """A question as it is shown to somebody, of whom nothing is kept."""

    number: int
    content: dict[str, Any]
    options: list[tuple[str, str]]
    chosen: tuple[str, ...] = ()

    @classmethod
    def of(cls, frozen: FrozenItem, number: int, seed: str) -> Previewed:
        content = json.loads(frozen.content)
        texts = {option["id"]: option["text"] for option in content["options"]}
        shown = attempts.shown_options(seed, frozen.item, frozen.content)
        return cls(number, content, [(option, texts[option]) for option in shown])


@assessments.get("/")
def index() -> str:
    return index_page(TitleForm())


def index_page(form: TitleForm) -> str:
    me = account()
    form.offer(plans.shipped(), plans.saved(me))
    return render_template("assessments/index.html", all=deeds.overview(me), form=form, me=me)


@assessments.post("/")
def create() -> Response | tuple[str, int]:
    form = TitleForm()
    if not form.validate_on_submit():
        return index_page(form), 422
    me, title, template = account(), form.title.data or "", form.template.data
    try:
        if not template:
            return redirect(url_for("assessments.questions", ref=deeds.create(me, title).ref))
        begun = plans.begin(plans.plan_named(template, me), me, title)
    except Refused as refusal:
        form.title.errors = [str(refusal)]
        return index_page(form), 422
    flash("A draft by the template, drawn just now. Look through it, and change what you like.", "done")
    if begun.left_out:
        flash(f"{begun.left_out} of its tasks could not come along: the catalogue offers them no more.", "problem")
    return redirect(url_for("assessments.edit", ref=begun.draft.ref))


@assessments.get("/<ref>/preview")
def preview(ref: str) -> str:
    """As candidates see it; with keys, for whoever may read it."""
    found = deeds.readable(ref, account())
    chosen = [one for one in found.items if one.frozen.kind is ItemKind.QUESTION]
    keys = results.keys_of(one.digest for one in chosen)
    return render_template(
        "assessments/preview.html",
        assessment=found,
        offered=clocks.offered(found),
        questions=[(one, keys[one.digest]) for one in chosen],
        tasks=[(one, tasks.view(one.frozen)) for one in found.items if one.frozen.kind is ItemKind.TASK],
    )


@assessments.get("/<ref>/preview/candidate")
def as_candidate(ref: str) -> str:
    """As one of many candidates sees it: their items in their order, made of what they may see alone."""
    found = deeds.readable(ref, account())
    person = max(1, min(request.args.get("person", default=1, type=int), MOST_PERSONS))
    seed = f"{found.seed} preview {person}"
    dealt = dealing.dealt(found, seed)
    asked = [one.frozen for one in dealt if one.frozen.kind is ItemKind.QUESTION]
    return render_template(
        "assessments/as_candidate.html",
        assessment=found,
        person=person,
        offered=clocks.offered(found),
        questions=[Previewed.of(one, number, seed) for number, one in enumerate(asked, start=1)],
        tasks=[tasks.view(one.frozen) for one in dealt if one.frozen.kind is ItemKind.TASK],
    )


@assessments.get("/content")
def content() -> str:
    """Where questions and tasks come from."""
    return render_template("assessments/content.html", roots=drawing.roots())


@assessments.post("/<ref>/publish")
def publish(ref: str) -> Response:
    me = account()
    found = deeds.own(ref, me)
    try:
        deeds.publish(found.id, me.id)
    except Refused as refusal:
        flash(str(refusal), "problem")
        return redirect(url_for("assessments.edit", ref=ref))
    flash("Published. Now people can be invited.", "done")
    return redirect(url_for("assessments.show", ref=ref))


@assessments.post("/<ref>/throw-away")
def throw_away(ref: str) -> Response:
    me = account()
    found = deeds.own(ref, me)
    title = found.title
    deeds.throw_away(found.id, me.id)
    flash(f"The draft “{title}” is gone.", "done")
    return redirect(url_for("assessments.index"))


@assessments.post("/<ref>/copy")
def copy(ref: str) -> Response:
    me = account()
    made = deeds.copy(deeds.readable(ref, me).id, me.id)
    flash("A new draft, with the same rules, and the same items as they are now.", "done")
    if made.left_out:
        flash(f"{made.left_out} of the items could not come along: the catalogue offers them no more.", "problem")
    return redirect(url_for("assessments.edit", ref=made.draft.ref))


@assessments.post("/<ref>/close")
def close(ref: str) -> Response:
    me = account()
    found = deeds.own(ref, me)
    try:
        deeds.close(found.id, me.id)
    except Refused as refusal:
        flash(str(refusal), "problem")
    else:
        flash("Closed: nobody can start any more. Who works now can go on.", "done")
    return redirect(url_for("assessments.show", ref=ref))


@assessments.post("/<ref>/window")
def window(ref: str) -> Response:
    """The one rule that changes after publishing: the end, to a later moment."""
    me, form = account(), WindowForm()
    found = deeds.own(ref, me)
    if not form.validate_on_submit():
        flash("That is no date and time.", "problem")
        return redirect(url_for("assessments.show", ref=ref, _anchor="window"))
    try:
        deeds.extend(found.id, in_utc(form.closes_at.data), me.id)
    except Refused as refusal:
        flash(str(refusal), "problem")
    else:
        flash("The end is changed.", "done")
    return redirect(url_for("assessments.show", ref=ref, _anchor="window"))
