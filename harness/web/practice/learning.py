"""Learning: one question after the other, without a clock, and what is right as soon as one is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for

from harness.services import explaining, practice, remarks, results, shelf
from harness.services.errors import Refused
from harness.store.models import Attempt, AttemptItem, AttemptKind
from harness.web.attempting.questions import numbered, show
from harness.web.person import account, my_attempt
from harness.web.practice import practice as pages
from harness.web.practice.items import read

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


def my_learning(ref: str) -> Attempt:
    """The learning attempt of this address; 404 where it is another kind, or somebody else's."""
    attempt = my_attempt(ref)
    return attempt if attempt.kind is AttemptKind.LEARNING else abort(404)


def next_open(items: Sequence[AttemptItem], number: int = 0) -> int | None:
    """The number of the next question without an answer, after this one if there is one; None where there is none."""
    waiting = [place for place, item in enumerate(items, start=1) if item.answer is None]
    return next((place for place in waiting if place > number), waiting[0] if waiting else None)


@pages.get("/learning/<ref>")
def learning(ref: str) -> Response:
    """Goes on where one stopped."""
    number = next_open(my_learning(ref).items)
    if number is None:
        return redirect(url_for("practice.outcome", ref=ref))
    return redirect(url_for("practice.lesson", ref=ref, number=number))


@pages.get("/learning/<ref>/<int:number>")
def lesson(ref: str, number: int) -> str:
    attempt = my_learning(ref)
    item = numbered(attempt.items, number)
    solved = explaining.explained(item) if item.answer else None
    user = account()
    threads = remarks.under(item.frozen, user) if solved else []
    page = render_template(
        "practice/lesson.html",
        attempt=attempt,
        item=item,
        shown=show(item, number),
        solved=solved,
        trail=trail(attempt),
        next=next_open(attempt.items, number),
        marked=item.frozen.item in shelf.bookmarked(user.id),
        threads=threads,
    )
    read(user, threads)
    return page


def trail(attempt: Attempt) -> list[bool | None]:
    """How each question so far went; None for what is still to come."""
    return [mark.share == 1.0 if mark.answered else None for mark in results.standing(attempt).marks]


@pages.post("/learning/<ref>/<int:number>")
def answer(ref: str, number: int) -> Response:
    item = numbered(my_learning(ref).items, number)
    try:
        practice.answer(item.id, request.form.getlist("chosen"))
    except Refused as refusal:
        flash(str(refusal), "problem")
    return redirect(url_for("practice.lesson", ref=ref, number=number))


@pages.post("/learning/<ref>/end")
def stop(ref: str) -> Response:
    attempt = my_learning(ref)
    if practice.end_learning(attempt.id):
        return redirect(url_for("practice.outcome", ref=ref))
    return redirect(url_for("practice.index"))


@pages.get("/learning/<ref>/outcome")
def outcome(ref: str) -> Response | str:
    attempt = my_learning(ref)
    if next_open(attempt.items) is not None:
        return redirect(url_for("practice.learning", ref=ref))
    shown = [show(item, number) for number, item in enumerate(attempt.items, start=1)]
    return render_template("practice/outcome.html", attempt=attempt, rows=list(zip(shown, trail(attempt), strict=True)))
