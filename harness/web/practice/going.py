"""How practice goes: over all topics, and concept by concept."""

from __future__ import annotations

from flask import abort, render_template

from harness.services import frozen, progress, shelf
from harness.web.person import account
from harness.web.practice import practice as pages

SHOWN_SCORES = 10


@pages.get("/progress")
def going() -> str:
    user = account()
    answers = progress.answered(user.id)
    return render_template(
        "practice/progress.html",
        answers=answers,
        few=progress.FEW,
        bars=progress.bars(answers),
        courses=progress.by_topic(answers),
        scores=progress.task_scores(user.id, most=SHOWN_SCORES),
    )


@pages.get("/topics/<slug>")
def topic(slug: str) -> str:
    user = account()
    answers = progress.answered(user.id)
    found = next((pair for pair in progress.by_topic(answers) if pair[0].slug == slug), None)
    if found is None:
        abort(404)
    row, course = found
    since = course.answers[0].at if course.answers else None
    concepts = progress.by_concept(slug, frozen.topic_of(slug).concepts, answers)
    return render_template(
        "practice/topic.html",
        topic=row,
        course=course,
        concepts=[(one, progress.bars(one.course.answers, since)) for one in concepts],
        tasks=[one for one in shelf.offered_tasks() if one.topic_slug == slug],
        scores=progress.task_scores(user.id, slug, SHOWN_SCORES),
    )
