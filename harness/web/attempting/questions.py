"""Questions: one a page or all at once, saved by every click, until the part is ended or its time is up."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import abort, flash, redirect, render_template, request, url_for

from harness.services import attempts, clocks
from harness.services.errors import Refused
from harness.store.columns import now
from harness.store.models import Attempt, AttemptItem, AttemptPart, Part
from harness.web.attempting import attempting
from harness.web.attempting.paths import leave, way_out
from harness.web.person import my_attempt

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

FROM_SCRIPT = "X-Assay-Save"


@dataclass(frozen=True, slots=True)
class Shown:
    """A question as this person sees it: its number in the attempt, its text, its options in this attempt's order."""

    number: int
    item: AttemptItem
    content: dict[str, Any]
    options: list[tuple[str, str]]

    @property
    def chosen(self) -> list[str]:
        return self.item.answer.chosen if self.item.answer else []

    @property
    def flagged(self) -> bool:
        return self.item.answer is not None and self.item.answer.flagged

    @property
    def version(self) -> int:
        return self.item.answer.version if self.item.answer else 0


def show(item: AttemptItem, number: int) -> Shown:
    content = json.loads(item.frozen.content)
    texts = {option["id"]: option["text"] for option in content["options"]}
    return Shown(number, item, content, [(option, texts[option]) for option in item.shown])


def questions_of(attempt: Attempt) -> list[AttemptItem]:
    return [item for item in attempt.items if item.part is Part.QUESTIONS]


def running(attempt: Attempt) -> AttemptPart | None:
    """The clock of the questions, if it runs."""
    clock = clocks.clock(attempt, Part.QUESTIONS)
    return None if clock is None or clocks.over(clock) else clock


def numbered(items: list[AttemptItem], number: int) -> AttemptItem:
    """The item of this number, counted from 1; 404 where there is none."""
    return items[number - 1] if 1 <= number <= len(items) else abort(404)


OVER = "The questions are closed: this part has not been started, was ended, or its time is up."


@attempting.get("/questions/<int:number>")
def question(ref: str, number: int) -> Response | str:
    attempt = my_attempt(ref)
    items = questions_of(attempt)
    item = numbered(items, number)
    clock = running(attempt)
    if clock is None:
        return leave(attempt, OVER)
    return render_template(
        "attempting/question.html", attempt=attempt, clock=clock, items=items, shown=show(item, number)
    )


@attempting.get("/questions")
def questions(ref: str) -> Response | str:
    attempt = my_attempt(ref)
    items, clock = questions_of(attempt), running(attempt)
    if clock is None:
        return leave(attempt, OVER)
    shown = [show(item, number) for number, item in enumerate(items, start=1)]
    return render_template("attempting/questions.html", attempt=attempt, clock=clock, items=items, all=shown)


@attempting.post("/questions/<int:number>")
def answer(ref: str, number: int) -> Response | tuple[dict[str, Any], int]:
    """Saves what is marked. The page's script gets JSON; a plain form goes on to where it was sent."""
    attempt = my_attempt(ref)
    items = questions_of(attempt)
    item = numbered(items, number)
    chosen = [] if "clear" in request.form else request.form.getlist("chosen")
    version = request.form.get("version", default=0, type=int)
    try:
        kept, stands = attempts.answer(item.id, chosen, "flagged" in request.form, version)
    except Refused as refusal:
        if FROM_SCRIPT in request.headers:
            return {"problem": str(refusal)}, 409
        return leave(attempt, str(refusal))
    if FROM_SCRIPT in request.headers:
        return {"kept": kept, "version": stands.version}, 200
    if not kept:
        flash("This question was changed from another page meanwhile. What was saved last is shown.", "problem")
        return redirect(url_for("attempting.question", ref=ref, number=number))
    go = request.form.get("go", default=number, type=int)
    if "all" in request.form:
        return redirect(url_for("attempting.questions", ref=ref, _anchor=f"question-{number}"))
    if 1 <= go <= len(items):
        return redirect(url_for("attempting.question", ref=ref, number=go))
    return redirect(url_for("attempting.review", ref=ref))


@attempting.get("/questions/review")
def review(ref: str) -> Response | str:
    attempt = my_attempt(ref)
    items, clock = questions_of(attempt), running(attempt)
    if clock is None:
        return leave(attempt, OVER)
    open_ = [number for number, item in enumerate(items, start=1) if not (item.answer and item.answer.chosen)]
    flagged = [number for number, item in enumerate(items, start=1) if item.answer and item.answer.flagged]
    return render_template(
        "attempting/review.html", attempt=attempt, clock=clock, items=items, open=open_, flagged=flagged
    )


@attempting.get("/<any(questions, tasks):part>/clock")
def clock(ref: str, part: str) -> dict[str, str]:
    """Until when the part runs, for the page's own clock: somebody may be given more time. Nothing where it is over."""
    found = clocks.clock(my_attempt(ref), Part(part))
    if found is None or found.deadline is None or clocks.over(found):
        return {}
    return {"deadline": found.deadline.isoformat(), "now": now().isoformat()}


@attempting.post("/<any(questions, tasks):part>/end")
def end_part(ref: str, part: str) -> Response:
    attempt = my_attempt(ref)
    attempts.end_part(attempt.id, Part(part))
    flash("This part is ended. What you saved counts.", "done")
    return redirect(way_out(attempt))
