"""What an attempt comes to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import event, select

from harness.domain.margins import margin
from harness.services import appeals, attempts, handing_in, practice, results
from harness.store.base import db, writing
from harness.store.models import Attempt, Counts, Job, Part, Role
from harness.worker import queue
from tests.unit.platform_fixtures import QUESTIONS, TOKEN
from tests.unit.worker.test_queue import RESULT


@pytest.fixture
def attempt(app):
    made = attempts.begin(attempts.find_invitation(TOKEN).id)
    for part in Part:
        attempts.start_part(made.id, part)
    return made


@pytest.fixture
def task(attempt):
    return next(item for item in attempt.items if item.part is Part.TASKS)


@pytest.fixture
def grade(task, monkeypatch):
    """Hands in and has it graded with this score; None is a fault of ours, and "waits" leaves it in the queue."""

    def add(score):
        key = str(len(task.submissions))
        handing_in.hand_in(task.id, key, {"app.py": key.encode()})
        if score != "waits":
            held = queue.claim("a")
            if score is None:
                for _ in range(queue.MOST_TRIES):
                    queue.give_back(held, "the engine is away")
                    held = queue.claim("a")
            else:
                monkeypatch.setattr(queue, "result_score", lambda result: type("Score", (), {"value": score}))
                queue.finish(held, replace(RESULT, run_id=f"run-{key}"))
        db.session.expire_all()

    return add


def test_right_answers_count_by_the_frozen_key(attempt):
    questions = [item for item in attempt.items if item.part is Part.QUESTIONS]
    for item in questions[:3]:
        attempts.answer(item.id, [option.id for option in results.key_of(item).right], False, 1)
    wrong = questions[3]
    attempts.answer(
        wrong.id, [option.id for option in results.key_of(wrong).options if not option.correct][:1], False, 1
    )
    assert results.standing(attempt).know == round(100 * 3 / QUESTIONS, 1)


def test_what_was_not_handed_in_is_nothing(attempt):
    assert results.standing(attempt).do == 0.0


@pytest.mark.parametrize(
    ("counts", "scores", "share"),
    [
        (Counts.BEST, [80.0, 40.0], 0.8),
        (Counts.LAST, [80.0, 40.0], 0.4),
        (Counts.BEST, ["waits"], None),
        (Counts.BEST, [80.0, "waits"], None),
        (Counts.BEST, [100.0, "waits"], 1.0),
        (Counts.BEST, [80.0, None], None),
        (Counts.LAST, [None, 40.0], 0.4),
    ],
)
def test_the_submission_that_counts(attempt, task, grade, counts, scores, share):
    with writing():
        attempt.assessment.counts = counts
    for score in scores:
        grade(score)
    mark = results.standing(attempt).marks[-1]
    assert (mark.share, mark.pending) == (share, "waits" in scores and share is None)


def test_a_public_run_counts_for_nothing(attempt, task):
    handing_in.run_public_tests(task.id, "run", {"app.py": b""})
    assert db.session.query(Job).count() == 1
    assert results.standing(attempt).do == 0.0


def test_a_long_attempt_takes_no_more_queries_than_a_short_one(app, add_user):
    """A report of an exam is read in one go, not question by question."""
    user = add_user(Role.CANDIDATE)
    counts = []

    def note(*arguments):
        counts[-1] += 1

    for count in (5, 40):
        made = practice.begin_exam(user.id, "mid", count, None, f"click {count}")
        attempts.end_part(made.id, Part.QUESTIONS)
        db.session.expire_all()
        counts.append(0)
        event.listen(db.engine, "before_cursor_execute", note)
        assert len(results.standing(made).marks) == count
        event.remove(db.engine, "before_cursor_execute", note)
    assert counts[0] == counts[1]


def test_a_margin_counts_concepts_and_not_checks(ended):
    """Two checks of one concept failed and two of another passed: that is one of two, not two of four."""
    standing = results.standing(ended.attempt)
    assert standing.do == 50.0
    assert standing.do_margin == margin([(0, 2), (1, 2)])
    assert standing.know_margin == margin([(1, 1), (1, 1), (1, 1), (0, 1)])


def test_a_margin_follows_what_people_decided(ended):
    appeal = appeals.file_about_check(ended.attempt.id, ended.task.submissions[0].id, "one", "The brief allows it.")
    appeals.answer(appeal.id, ended.assessment.owner, accepted=True, text="It does, indeed.")
    assert results.standing(ended.attempt).do_margin == margin([(0.5, 2), (1, 2)])


def test_who_hands_in_nothing_has_the_margin_of_all_that_was_asked(sitting):
    concepts = sitting.task.frozen.concepts
    assert len(concepts) > 2
    assert results.standing(sitting.attempt).do_margin == margin([(0, 1)] * len(concepts))


def test_what_is_not_known_has_no_margin(sitting):
    sitting.hand_in()
    assert results.standing(sitting.attempt).do_margin is None


def test_figures_say_the_same_as_standings(world):
    """In as many queries, and without a row of the store per item."""
    with world.site.app_context():
        attempts_ = list(db.session.scalars(select(Attempt).where(Attempt.assessment_id.is_not(None))))
        assert len(attempts_) > 2
        known = results.standings(attempts_)
        found = results.figures(attempts_)
        for one in attempts_:
            standing, figures = known[one.id], found[one.id]
            for measured, value, margin_ in (
                (figures.know, standing.know, standing.know_margin),
                (figures.do, standing.do, standing.do_margin),
            ):
                assert measured == (None if value is None else (value, margin_))
        db.session.remove()
