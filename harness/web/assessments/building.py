"""A draft, step by step: each step is a page with one form, and keeps what was filled in where something is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for

from harness.bank.blueprint import NAMED
from harness.domain.content import Domain, Level, Pool
from harness.services import assessments as deeds
from harness.services import dealing, drafting, drawing, own_draws, results, tasks
from harness.services.errors import Refused, Why
from harness.store.models import Assessment, AssessmentState, ItemKind
from harness.web.assessments import assessments
from harness.web.assessments.forms import (
    AI_RULES,
    COUNTS,
    POLICIES,
    Numbers,
    RulesForm,
    numbers_of,
    numbers_sent,
    weights_sent,
)
from harness.web.person import account

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from harness.store.models import AssessmentItem

STEPS = {  # in their order, by endpoint
    "questions": "Questions",
    "choose_tasks": "Tasks",
    "weights": "Weights",
    "rules": "Rules",
    "edit": "Check and publish",
}


class Published(Exception):
    """The draft is one no more: its page is another."""

    def __init__(self, ref: str) -> None:
        self.ref = ref


@assessments.errorhandler(Published)
def go_there(published: Published) -> Response:
    return redirect(url_for("assessments.show", ref=published.ref))


def draft(ref: str) -> Assessment:
    """The draft that the address names, for who may change it. Raises Refused, and Published."""
    found = deeds.own(ref, account())
    if found.state is not AssessmentState.DRAFT:
        if request.method != "GET":
            flash(drafting.FROZEN, "problem")
        raise Published(ref)
    return found


def page(step: str, found: Assessment, **values: Any) -> str:
    return render_template(f"assessments/{step}.html", assessment=found, steps=STEPS, step=step, **values)


def saved(ref: str, step: str, text: str) -> Response:
    """Back to the step, or on to the next one, as the button said."""
    flash(text, "done")
    if request.form.get("go") == "on":
        names = list(STEPS)
        step = names[names.index(step) + 1]
    return redirect(url_for(f"assessments.{step}", ref=ref))


def tried(deed: Callable[[], object]) -> str:
    """Does it; gives why it was refused, or nothing."""
    try:
        deed()
    except Refused as refusal:
        return str(refusal)
    return ""


def of_kind(found: Assessment, kind: ItemKind) -> list[AssessmentItem]:
    return [one for one in found.items if one.frozen.kind is kind]


@assessments.get("/<ref>/edit")
def edit(ref: str) -> str:
    """All of it at a glance, and publishing."""
    found = draft(ref)
    chosen = of_kind(found, ItemKind.QUESTION)
    counts = Counter(one.frozen.topic.domain for one in chosen)
    return page(
        "edit",
        found,
        questions=chosen,
        domains={domain: counts[domain] for domain in Domain if counts[domain]},
        tasks=of_kind(found, ItemKind.TASK),
        heavier=sum(one.weight > 1 for one in found.items),
        drawn=own_draws.drawn_cells(found),
        wanted=dealing.numbers(found),
        revised=sum(not one.frozen.current for one in found.items),
        doubts=drafting.doubts(found),
        words={"ai": AI_RULES, "report": POLICIES, "counts": COUNTS},
    )


@assessments.route("/<ref>/questions", methods=["GET", "POST"])
def questions(ref: str) -> Response | str | tuple[str, int]:
    found = draft(ref)
    if request.method == "GET":
        return questions_page(found, numbers_of(found))
    numbers = numbers_sent(request.form)
    if request.form.get("do") == "count":
        return questions_page(found, numbers)
    why = "Some numbers do not fit; they are marked." if numbers.wrong else ""
    why = why or tried(lambda: draw(found, numbers))
    if why:
        flash(why, "problem")
        return questions_page(found, numbers), 422
    return saved(ref, "questions", "The questions are drawn." if numbers.cells else "No questions are asked.")


def draw(found: Assessment, numbers: Numbers) -> None:
    drafting.draw_questions(
        found.id,
        numbers.cells,
        numbers.pool,
        again=request.form.get("do") == "again",
        topics=numbers.topics,
        roots=numbers.roots,
        own_draw=numbers.own_draw,
    )


def questions_page(found: Assessment, numbers: Numbers) -> str:
    chosen = of_kind(found, ItemKind.QUESTION)
    keys = results.keys_of(one.digest for one in chosen)
    topics = drawing.topics_with_questions()
    return page(
        "questions",
        found,
        numbers=numbers,
        available={pool: drawing.available([pool], numbers.topics, numbers.roots) for pool in Pool},
        topics=[(domain, [one for one in topics if one.domain is domain]) for domain in Domain],
        roots=drawing.roots(),
        pools=list(Pool),
        levels=list(Level),
        mixtures=NAMED,
        chosen=[(one, keys[one.digest]) for one in chosen],
    )


@assessments.post("/<ref>/questions/<digest>")
def question(ref: str, digest: str) -> Response:
    """Takes one question out, or another in its place; the page comes back to where it stood."""
    found = draft(ref)
    place = next((number for number, one in enumerate(found.items, start=1) if one.digest == digest), 1)
    another = request.form.get("do") == "another"
    if why := tried(lambda: drafting.replace_question(found.id, digest, by_another=another)):
        flash(why, "problem")
    return redirect(url_for("assessments.questions", ref=ref, _anchor=f"question-{place}"))


@assessments.route("/<ref>/tasks", methods=["GET", "POST"])
def choose_tasks(ref: str) -> Response | str | tuple[str, int]:
    found = draft(ref)
    chosen = {one.digest for one in of_kind(found, ItemKind.TASK)}
    each = found.blueprint.get("tasks", {})
    if request.method == "POST":
        chosen = set(request.form.getlist("task"))
        each = {level.value: text for level in Level if (text := request.form.get(f"each-{level.value}", "").strip())}
        why = tried(lambda: drafting.set_tasks(found.id, request.form.getlist("task"), each_of(each)))
        if not why:
            return saved(ref, "choose_tasks", "The tasks are saved.")
        flash(why, "problem")
    older = [one.frozen for one in of_kind(found, ItemKind.TASK) if not one.frozen.current]
    offered = [(one, tasks.view(one).summary) for one in [*older, *drawing.tasks()]]
    shown = page(
        "choose_tasks",
        found,
        chosen=chosen,
        each=each,
        levels=list(Level),
        domains=[(domain, [pair for pair in offered if pair[0].topic.domain is domain]) for domain in Domain],
    )
    return (shown, 422) if request.method == "POST" else shown


def each_of(texts: Mapping[str, str]) -> dict[Level, int]:
    """How many tasks of a level each person gets, where something was filled in. Raises Refused."""
    if not all(text.isascii() and text.isdecimal() and len(text) < 4 for text in texts.values()):
        raise Refused(Why.INVALID, "How many each person gets is a number, or empty for all.")
    return {Level(level): int(text) for level, text in texts.items()}


@assessments.route("/<ref>/weights", methods=["GET", "POST"])
def weights(ref: str) -> Response | str | tuple[str, int]:
    found = draft(ref)
    wrong: dict[str, str] = {}
    if request.method == "POST":
        fitting, wrong = weights_sent(request.form)
        why = f"A weight is a number from 1 to {drafting.MOST_WEIGHT}." if wrong else ""
        why = why or tried(lambda: drafting.set_weights(found.id, fitting))
        if not why:
            return saved(ref, "weights", "The weights are saved.")
        flash(why, "problem")
        shown = {**{one.digest: str(one.weight) for one in found.items}, **{k: str(v) for k, v in fitting.items()}}
        return weights_page(found, shown | wrong, wrong), 422
    return weights_page(found, {one.digest: str(one.weight) for one in found.items}, {})


def weights_page(found: Assessment, shown: dict[str, str], wrong: dict[str, str]) -> str:
    cells = own_draws.drawn_cells(found)
    firsts = {cell: digest for digest, cell in reversed(cells.items())}  # stand for all of their cell
    listed = [one for one in found.items if one.digest not in cells or firsts[cells[one.digest]] == one.digest]
    keys = results.keys_of(one.digest for one in listed if one.frozen.kind is ItemKind.QUESTION)
    return page(
        "weights",
        found,
        cells=cells,
        questions=[(one, keys[one.digest].stem) for one in listed if one.frozen.kind is ItemKind.QUESTION],
        tasks=[one for one in listed if one.frozen.kind is ItemKind.TASK],
        shown=shown,
        wrong=wrong,
        most=drafting.MOST_WEIGHT,
    )


@assessments.route("/<ref>/rules", methods=["GET", "POST"])
def rules(ref: str) -> Response | str | tuple[str, int]:
    found = draft(ref)
    form = RulesForm(obj=found)
    if form.validate_on_submit():
        why = tried(lambda: drafting.set_rules(found.id, form.rules()))
        if not why:
            return saved(ref, "rules", "The rules are saved.")
        flash(why, "problem")
    questions, chosen = of_kind(found, ItemKind.QUESTION), of_kind(found, ItemKind.TASK)
    shown = page("rules", found, form=form, count=len(questions), usual=sum(one.frozen.minutes or 0 for one in chosen))
    return (shown, 422) if request.method == "POST" else shown


@assessments.post("/<ref>/renew")
def renew(ref: str) -> Response:
    """Items that were revised since they were chosen come in as they are now."""
    found = draft(ref)
    renewed, gone = drafting.renew(found.id)
    flash(f"{renewed} renewed" + (f", and {gone} taken out, since they are offered no more." if gone else "."), "done")
    return redirect(url_for("assessments.edit", ref=ref))
