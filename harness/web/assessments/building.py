"""The list of assessments, and the draft: rules, questions, tasks, a preview, publishing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from harness.domain.content import Level, Pool
from harness.services import assessments as deeds
from harness.services import drawing, results, tasks
from harness.services.errors import Refused
from harness.store.models import AssessmentState, ItemKind
from harness.web.assessments import assessments
from harness.web.assessments.forms import RulesForm, TitleForm, cells_of, numbers_of, pool_of
from harness.web.person import account

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from harness.store.models import Assessment


@assessments.get("/")
def index() -> str:
    return render_template("assessments/index.html", all=deeds.all_of(account()), form=TitleForm())


@assessments.post("/")
def create() -> Response | tuple[str, int]:
    me, form = account(), TitleForm()
    if not form.validate_on_submit():
        return render_template("assessments/index.html", all=deeds.all_of(me), form=form), 422
    made = deeds.create(me, form.title.data or "")
    return redirect(url_for("assessments.edit", ref=made.ref))


@assessments.get("/<ref>/edit")
def edit(ref: str) -> Response | str:
    found = deeds.own(ref, account())
    if found.state is not AssessmentState.DRAFT:
        return redirect(url_for("assessments.show", ref=ref))
    return edit_page(found, RulesForm(obj=found))


def edit_page(found: Assessment, form: RulesForm) -> str:
    pool = pool_of(found.blueprint.get("pool"))
    return render_template(
        "assessments/edit.html",
        assessment=found,
        form=form,
        numbers=numbers_of(found),
        pool=pool,
        pools=list(Pool),
        levels=list(Level),
        available=drawing.available([pool]),
        questions=[(one, results.key_of_frozen(one.digest)) for one in found.items if is_question(one.frozen.kind)],
        chosen={one.digest for one in found.items},
        tasks=drawing.tasks(),
    )


def is_question(kind: ItemKind) -> bool:
    return kind is ItemKind.QUESTION


@assessments.post("/<ref>/rules")
def rules(ref: str) -> Response | tuple[str, int]:
    found, form = deeds.own(ref, account()), RulesForm()
    if not form.validate_on_submit():
        return edit_page(found, form), 422
    return done(ref, "rules", lambda: deeds.set_rules(found.id, form.rules()), "The rules are saved.")


@assessments.post("/<ref>/questions")
def questions(ref: str) -> Response:
    found = deeds.own(ref, account())
    again = request.form.get("do") == "again"
    return done(
        ref,
        "questions",
        lambda: deeds.draw_questions(found.id, cells_of(request.form), pool_of(request.form.get("pool")), again=again),
        "The questions are drawn.",
    )


@assessments.post("/<ref>/questions/<digest>")
def question(ref: str, digest: str) -> Response:
    found = deeds.own(ref, account())
    another = request.form.get("do") == "another"
    return done(ref, "questions", lambda: deeds.replace_question(found.id, digest, by_another=another), "Done.")


@assessments.post("/<ref>/tasks")
def choose_tasks(ref: str) -> Response:
    found = deeds.own(ref, account())
    return done(ref, "tasks", lambda: deeds.set_tasks(found.id, request.form.getlist("task")), "The tasks are saved.")


@assessments.post("/<ref>/weights")
def weights(ref: str) -> Response:
    found = deeds.own(ref, account())
    sent = {name.removeprefix("weight-"): text for name, text in request.form.items() if name.startswith("weight-")}
    numbers = {digest: int(text) if text.isdecimal() else 0 for digest, text in sent.items()}
    return done(ref, "weights", lambda: deeds.set_weights(found.id, numbers), "The weights are saved.")


@assessments.get("/<ref>/preview")
def preview(ref: str) -> str:
    found = deeds.readable(ref, account())
    return render_template(
        "assessments/preview.html",
        assessment=found,
        questions=[(one, results.key_of_frozen(one.digest)) for one in found.items if is_question(one.frozen.kind)],
        tasks=[(one, tasks.view(one.frozen)) for one in found.items if not is_question(one.frozen.kind)],
    )


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


@assessments.post("/<ref>/copy")
def copy(ref: str) -> Response:
    me = account()
    made = deeds.copy(deeds.readable(ref, me).id, me.id)
    flash("A new draft, with the same items and rules.", "done")
    return redirect(url_for("assessments.edit", ref=made.ref))


def done(ref: str, part: str, deed: object, text: str) -> Response:
    """Does it, and goes back to that part of the draft's page, with what came of it."""
    assert callable(deed)
    try:
        deed()
    except Refused as refusal:
        flash(str(refusal), "problem")
    else:
        flash(text, "done")
    return redirect(url_for("assessments.edit", ref=ref, _anchor=part))
