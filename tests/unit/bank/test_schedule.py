"""What comes back, and when."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from harness.bank.schedule import Card, queue, review
from tests.unit.bank.practice import make_question

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_right_answer_waits_longer_than_a_wrong_one():
    right, wrong = review(None, True, NOW), review(None, False, NOW)
    assert right.due > wrong.due >= NOW + DAY
    assert (right.missed, wrong.missed) == (False, True)


def test_each_right_answer_makes_the_wait_longer():
    card, waits, at = review(None, True, NOW), [], NOW
    for _ in range(4):
        waits.append(card.due - at)
        at = card.due
        card = review(card, True, at)
    assert waits == sorted(set(waits))


def test_the_state_is_what_fsrs_writes_as_json():
    state = json.loads(review(None, True, NOW).state)
    assert set(state) >= {"stability", "difficulty", "due", "last_review"}


def test_the_same_answers_give_the_same_card():
    assert review(review(None, False, NOW), True, NOW + DAY) == review(review(None, False, NOW), True, NOW + DAY)


def test_a_state_that_cannot_be_read_begins_anew():
    for state in ("", "{}", '{"card_id": "x"}', "[]"):
        assert review(Card(state, NOW, False), True, NOW) == review(None, True, NOW)


def test_a_clock_that_was_set_back_does_no_harm():
    assert review(review(None, True, NOW), False, NOW - 3 * DAY).missed


def test_missed_then_due_then_new_then_the_rest():
    names = ("later", "new", "due", "sooner", "missed")
    questions = {name: make_question(slug=name) for name in names}
    cards = {
        questions["later"].id: Card("", NOW + 9 * DAY, False),
        questions["sooner"].id: Card("", NOW + 2 * DAY, False),
        questions["due"].id: Card("", NOW - DAY, False),
        questions["missed"].id: Card("", NOW + DAY, True),
    }
    ordered = queue(questions.values(), cards, NOW, "s")
    assert [question.slug for question in ordered] == ["missed", "due", "new", "sooner", "later"]


def test_new_questions_and_those_of_one_day_are_shuffled():
    questions = [make_question(slug=f"q{n}") for n in range(8)]
    missed = {question.id: Card("", NOW + timedelta(seconds=n), True) for n, question in enumerate(questions)}
    for cards in ({}, missed):
        orders = {tuple(q.slug for q in queue(questions, cards, NOW, str(seed))) for seed in range(10)}
        assert len(orders) == 10
