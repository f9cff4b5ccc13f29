"""How practice goes: right numbers for a made history, and little said of few answers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from harness.domain.content import Domain
from harness.domain.verdicts import Outcome
from harness.services import accounts, attempts, frozen, handing_in, practice, progress, shelf
from harness.services.practice import Wish
from harness.services.results import key_of
from harness.store.base import writing
from harness.store.models import Override, Part, Role
from tests.unit.world_fixtures import grade_all

MONDAY = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
TOPIC = "contexts"
FIRST, SECOND = f"{TOPIC}/two-counters", f"{TOPIC}/a-sum-in-g"  # about g-lifetime and module-state; contextvars


@pytest.fixture
def user(app):
    return accounts.add_user("paul@example.org", "Paul", Role.CANDIDATE)


def answer(user, item, rightly, day=0):
    """Answers a question on this day after Monday; gives the attempt's item."""
    with time_machine.travel(MONDAY + timedelta(days=day), tick=False):
        asked = practice.begin_learning(user.id, Wish(items=(item,), count=1), "").items[0]
        options = key_of(asked).options
        chosen = (
            [one.id for one in options if one.correct] if rightly else [one.id for one in options if not one.correct]
        )
        practice.answer(asked.id, chosen if rightly else chosen[:1])
    return asked


def course(user, topic=TOPIC):
    return next(found for row, found in progress.by_topic(progress.answered(user.id)) if row.slug == topic)


def concept(user, name):
    concepts = frozen.topic_of(TOPIC).concepts
    return next(one for one in progress.by_concept(TOPIC, concepts, progress.answered(user.id)) if one.id == name)


def test_nothing_answered_is_nothing(user):
    found = course(user)
    assert (found.answers, found.known, found.missed, found.share, found.last) == ((), 0, 0, None, None)
    assert found.questions
    assert sum(bar.right + bar.wrong for bar in progress.bars([])) == 0


def test_a_topic_counts_every_answer_and_knows_by_the_last(user):
    answer(user, FIRST, False)
    answer(user, SECOND, True, 1)
    answer(user, FIRST, True, 2)
    answer(user, SECOND, False, 3)
    found = course(user)
    assert (len(found.answers), found.right) == (4, 2)
    assert found.stand == {FIRST: True, SECOND: False}
    assert (found.known, found.missed) == (1, 1)
    assert found.last == MONDAY + timedelta(days=3)


def test_few_answers_have_no_share(user):
    for day in range(progress.FEW - 1):
        answer(user, FIRST, day > 0, day)
    assert course(user).share is None
    answer(user, FIRST, True, 9)
    assert course(user).share == 80.0


def test_a_question_counts_for_each_of_its_concepts_and_no_other(user):
    answer(user, FIRST, True)
    answer(user, SECOND, False, 1)
    assert [one.item for one in concept(user, "g-lifetime").course.answers] == [FIRST]
    assert [one.item for one in concept(user, "module-state").course.answers] == [FIRST]
    assert [one.right for one in concept(user, "contextvars-and-async").course.answers] == [False]
    assert concept(user, "threads").course.answers == ()


def test_an_exam_counts_from_its_end_on_and_only_what_was_answered(user):
    attempt = practice.begin_exam(user.id, "junior", 3, None, "")
    first = attempt.items[0]
    attempts.answer(first.id, [one.id for one in key_of(first).right], False, 1)
    assert progress.answered(user.id) == []
    attempts.end_part(attempt.id, Part.QUESTIONS)
    assert [(one.item, one.right) for one in progress.answered(user.id)] == [(first.frozen.item, True)]


def test_an_answer_that_was_taken_back_is_none(user):
    attempt = practice.begin_exam(user.id, "junior", 3, None, "")
    first = attempt.items[0]
    attempts.answer(first.id, first.shown[:1], False, 1)
    attempts.answer(first.id, [], False, 2)
    attempts.end_part(attempt.id, Part.QUESTIONS)
    assert progress.answered(user.id) == []


def test_what_a_grader_decided_counts(user):
    asked = answer(user, FIRST, False)
    grader = accounts.add_user("greta@example.org", "Greta", Role.GRADER)
    with writing() as session:
        session.add(Override(item_id=asked.id, outcome=Outcome.PASSED, reason="It is right too.", by_id=grader.id))
    assert course(user).known == 1


def test_a_tasks_score_has_what_was_decided_since(user):
    attempt = practice.begin_task(user.id, shelf.offered_tasks()[0].item, "click")
    handed_in = handing_in.hand_in(attempt.items[0].id, "click", {"app.py": b"x = 1"})
    assert [one.score for one in progress.task_scores(user.id)] == [None]
    grade_all()
    before = progress.task_scores(user.id)[0].score
    grader = accounts.add_user("greta@example.org", "Greta", Role.GRADER)
    word = Override(submission_id=handed_in.id, check="second", outcome=Outcome.PASSED, reason="So", by_id=grader.id)
    with writing() as session:
        session.add(word)
    assert (before, progress.task_scores(user.id)[0].score) == (66.7, 100.0)


def test_another_persons_answers_are_theirs(user):
    answer(user, FIRST, True)
    other = accounts.add_user("olga@example.org", "Olga", Role.CANDIDATE)
    assert progress.answered(other.id) == []


@pytest.mark.parametrize(
    ("last", "width", "count"),
    [(0, 1, 14), (13, 1, 14), (27, 1, 28), (28, 7, 5), (195, 7, 28), (196, 28, 8)],
)
def test_bars_stand_for_days_weeks_or_months_up_to_today(user, last, width, count):
    answer(user, FIRST, True)
    answer(user, SECOND, False, last)
    with time_machine.travel(MONDAY + timedelta(days=last), tick=False):
        bars = progress.bars(progress.answered(user.id))
    assert len(bars) == count
    assert (bars[1].begins - bars[0].begins).days == width
    assert bars[-1].begins + timedelta(days=width - 1) == (MONDAY + timedelta(days=last)).date()
    assert sum(bar.right for bar in bars) == sum(bar.wrong for bar in bars) == 1
    assert bars[-1].wrong == 1
    right = next(bar for bar in bars if bar.right)
    assert right.begins <= MONDAY.date() < right.begins + timedelta(days=width)


def test_pictures_beside_each_other_begin_together(user):
    answer(user, FIRST, True)
    answer(user, SECOND, True, 40)
    with time_machine.travel(MONDAY + timedelta(days=41), tick=False):
        late = progress.bars(concept(user, "contextvars-and-async").course.answers, MONDAY)
        early = progress.bars(concept(user, "g-lifetime").course.answers, MONDAY)
    assert [bar.begins for bar in late] == [bar.begins for bar in early]
    assert late[0].begins <= date(2026, 6, 1)


def test_topics_stand_by_domain(user):
    domains = [row.domain for row, _ in progress.by_topic([])]
    assert list(dict.fromkeys(domains)) == list(Domain)
    assert domains == sorted(domains, key=list(Domain).index)
