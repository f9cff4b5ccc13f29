"""Where practice begins: go on, learn, take an exam, work on a task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, flash, redirect, render_template, request, url_for

from harness.bank.blueprint import NAMED
from harness.domain.content import Domain, Level
from harness.services import cards, drawing, practice, progress, remarks, results, shelf
from harness.services.errors import Refused
from harness.services.practice import Source, Wish
from harness.store.columns import now
from harness.store.models import Attempt, AttemptKind
from harness.web.access import RULES, people
from harness.web.person import account
from harness.web.practice import practice as pages
from harness.web.security import by_account, limiter

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

SHOWN_EXAMS = 20


@pages.context_processor
def frame() -> dict[str, Any]:
    """What the frame of every page of practice shows: to those who answer questions, how many are open."""
    answers = bool(RULES["practice.remarks"] & people())
    return {"open_remarks": remarks.count_open() if answers else None}


@pages.get("/")
def index() -> str:
    user = account()
    practice.end_overdue(user.id)
    answers = progress.answered(user.id)
    courses = progress.by_topic(answers)
    known = cards.cards_of(user.id)
    offered = {question for _, course in courses for question in course.questions}
    return render_template(
        "practice/index.html",
        exam=practice.running_exam(user.id),
        learning=practice.unfinished(user.id, AttemptKind.LEARNING),
        tasks=practice.unfinished(user.id, AttemptKind.TASK),
        domains=[
            (domain, found) for domain in Domain if (found := [one for one in courses if one[0].domain is domain])
        ],
        answers=len(answers),
        news=remarks.news_for(user.id),
        counts={
            Source.MISSED: sum(card.missed for item, card in known.items() if item in offered),
            Source.DUE: sum(card.due <= now() for item, card in known.items() if item in offered),
            Source.BOOKMARKS: len(shelf.bookmarked(user.id) & offered),
        },
    )


@pages.post("/learn")
@limiter.limit("120 per hour", key_func=by_account)
def learn() -> Response:
    """Begins to learn what the form asks for."""
    form = request.form
    try:
        wish = Wish(
            source=Source(form.get("source", Source.ANY)),
            topics=tuple(filter(None, form.getlist("topic"))),
            levels=tuple(Level(level) for level in form.getlist("level")),
            concepts=tuple(form.getlist("concept")),
            items=tuple(form.getlist("item")),
            count=form.get("count", default=10, type=int),
        )
    except ValueError:
        abort(400)
    try:
        made = practice.begin_learning(account().id, wish, form.get("key", ""))
    except Refused as refusal:
        flash(str(refusal), "problem")
        return redirect(url_for("practice.index"))
    return redirect(first_page(made))


def first_page(attempt: Attempt) -> str:
    """Where one goes on with an attempt of practice."""
    match attempt.kind:
        case AttemptKind.LEARNING:
            return url_for("practice.learning", ref=attempt.ref)
        case AttemptKind.EXAM:
            return url_for("attempting.question", ref=attempt.ref, number=1)
        case _:
            return url_for("attempting.task", ref=attempt.ref, number=1)


@pages.get("/exams")
def exams() -> str:
    user = account()
    practice.end_overdue(user.id)
    taken = practice.finished(user.id, AttemptKind.EXAM, SHOWN_EXAMS)
    stands = results.standings(taken)
    return render_template(
        "practice/exams.html",
        running=practice.running_exam(user.id),
        blueprints=list(NAMED.values()),
        offered=len(drawing.offers(shelf.POOLS)),
        taken=[(one, stands[one.id].know) for one in taken],
    )


@pages.post("/exams")
@limiter.limit("30 per hour", key_func=by_account)
def start_exam() -> Response:
    """Begins an exam, and its clock; goes to the one that runs, where one does."""
    form = request.form
    count, minutes = form.get("count", type=int), form.get("minutes", type=int)
    try:
        made = practice.begin_exam(account().id, form.get("exam", ""), count, minutes, form.get("key", ""))
    except Refused as refusal:
        flash(str(refusal), "problem")
        return redirect(url_for("practice.exams"))
    return redirect(first_page(made))


@pages.get("/tasks")
def tasks() -> str:
    user = account()
    scores = progress.task_scores(user.id, most=200)
    return render_template(
        "practice/tasks.html",
        domains=[
            (domain, found)
            for domain in Domain
            if (found := [one for one in shelf.offered_tasks() if one.topic.domain is domain])
        ],
        scores={name: [one for one in scores if one.item.item == name] for name in {one.item.item for one in scores}},
        going_on={one.items[0].frozen.item for one in practice.unfinished(user.id, AttemptKind.TASK, most=200)},
    )


@pages.post("/tasks")
@limiter.limit("60 per hour", key_func=by_account)
def start_task() -> Response:
    """Begins a task, or goes on with it."""
    form = request.form
    made = practice.begin_task(account().id, form.get("item", ""), form.get("key", ""), anew="anew" in form)
    return redirect(first_page(made))
