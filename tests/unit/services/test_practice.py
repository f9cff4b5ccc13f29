"""Practice as deeds: what is drawn, what is kept, and that a click that arrives twice is one."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from harness.domain.content import Level, Pool
from harness.services import accounts, attempts, cards, clocks, explaining, handing_in, practice, shelf
from harness.services.errors import Refused, Why
from harness.services.practice import Source, Wish
from harness.services.results import key_of
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import (
    Answer,
    Attempt,
    AttemptKind,
    Bookmark,
    FrozenItem,
    ItemKind,
    Job,
    Part,
    Role,
    SubmissionKind,
)
from harness.worker import queue
from tests.unit.platform_fixtures import TOKEN


@pytest.fixture
def user(app):
    return accounts.add_user("paul@example.org", "Paul", Role.CANDIDATE)


def refused(deed, *arguments, **named) -> Why:
    with pytest.raises(Refused) as caught:
        deed(*arguments, **named)
    return caught.value.why


def right(item):
    return [option.id for option in key_of(item).right]


def wrong(item):
    return [next(option.id for option in key_of(item).options if not option.correct)]


def learn(user, key="", **wish):
    return practice.begin_learning(user.id, Wish(**wish), key)


def test_learning_deals_questions_of_the_practice_pool_as_wished(user):
    attempt = learn(user, topics=("contexts",), levels=(Level.MID, Level.SENIOR), count=5)
    assert len(attempt.items) == 5
    assert {item.frozen.topic_slug for item in attempt.items} == {"contexts"}
    assert {item.frozen.level for item in attempt.items} <= {Level.MID, Level.SENIOR}
    assert all(item.frozen.pool is Pool.PRACTICE and len(item.shown) == 6 for item in attempt.items)


def test_learning_by_a_concept_is_about_it(user):
    attempt = learn(user, concepts=("contexts/g-lifetime",), count=50)
    assert attempt.items
    assert all("g-lifetime" in item.frozen.concepts for item in attempt.items)


def test_no_question_of_the_exam_pool_and_none_of_yesterday_is_ever_dealt(user):
    offered = {one.id for one in practice.fitting(user.id, Wish())}
    exams = set(db.session.scalars(select(FrozenItem.item).where(FrozenItem.pool == Pool.EXAM)))
    assert exams
    assert not offered & exams
    gone = min(offered)
    with writing() as session:
        session.scalars(select(FrozenItem).where(FrozenItem.item == gone)).one().current = False
    assert {one.id for one in practice.fitting(user.id, Wish())} == offered - {gone}
    for level in practice.NAMED:
        attempt = practice.begin_exam(user.id, level, None, None, "")
        assert not {item.frozen.item for item in attempt.items} & {gone, *exams}
        attempts.end_part(attempt.id, Part.QUESTIONS)


@pytest.mark.parametrize("count", [0, -1, 51])
def test_nobody_learns_any_number_of_questions(user, count):
    assert refused(learn, user, count=count) is Why.INVALID


def test_where_nothing_fits_nothing_is_begun(user):
    assert refused(learn, user, source=Source.MISSED) is Why.NOT_NOW
    assert db.session.query(Attempt).count() == 0


def test_an_answer_is_for_good_and_the_last_one_ends_the_attempt(user):
    attempt = learn(user, count=2)
    first, second = attempt.items
    practice.answer(first.id, wrong(first))
    assert practice.answer(first.id, right(first)).chosen == wrong(first)
    assert attempt.finished_at is None
    practice.answer(second.id, right(second))
    assert attempt.finished_at is not None


@pytest.mark.parametrize("chosen", [[], ["no-such-option"]])
def test_an_answer_marks_what_the_question_has(user, chosen):
    item = learn(user, count=1).items[0]
    assert refused(practice.answer, item.id, chosen) is Why.INVALID
    assert item.answer is None


def test_a_question_with_one_right_option_takes_one(user):
    item = next(item for item in learn(user, count=20).items if key_of(item).kind == "single")
    assert refused(practice.answer, item.id, item.shown[:2]) is Why.INVALID


def test_the_explanation_comes_after_the_answer_of_this_attempt(user):
    item = learn(user, count=1).items[0]
    assert refused(explaining.explained, item) is Why.FORBIDDEN
    practice.answer(item.id, right(item))
    assert explaining.explained(item).right
    again = learn(user, items=(item.frozen.item,), count=1).items[0]
    assert refused(explaining.explained, again) is Why.FORBIDDEN


def test_an_exam_explains_nothing_before_it_has_ended(user):
    attempt = practice.begin_exam(user.id, "junior", 2, None, "")
    first, second = attempt.items
    attempts.answer(first.id, right(first), False, 1)
    assert refused(explaining.explained, first) is Why.FORBIDDEN
    assert not explaining.may_know(user, first.frozen)
    attempts.end_part(attempt.id, Part.QUESTIONS)
    assert explaining.explained(first).right
    assert refused(explaining.explained, second) is Why.FORBIDDEN  # it was never answered


def test_learning_can_not_be_changed_by_the_deeds_of_exams(user):
    item = learn(user, count=1).items[0]
    assert refused(attempts.answer, item.id, right(item), False, 1) is Why.NOT_NOW


def test_an_exam_is_not_answered_by_the_deed_of_learning(user):
    item = practice.begin_exam(user.id, "junior", 1, None, "").items[0]
    assert refused(practice.answer, item.id, right(item)) is Why.UNKNOWN


def test_what_was_missed_comes_back_until_it_is_known(user):
    first, second, third = learn(user, count=3).items
    practice.answer(first.id, wrong(first))
    practice.answer(second.id, right(second))
    practice.answer(third.id, wrong(third))
    again = learn(user, source=Source.MISSED)
    assert {item.frozen.item for item in again.items} == {first.frozen.item, third.frozen.item}
    for item in again.items:
        practice.answer(item.id, right(item))
    assert refused(learn, user, source=Source.MISSED) is Why.NOT_NOW


def test_what_is_known_is_due_after_days(user):
    item = learn(user, count=1).items[0]
    practice.answer(item.id, right(item))
    assert refused(learn, user, source=Source.DUE) is Why.NOT_NOW
    with time_machine.travel(now() + timedelta(days=30), tick=False):
        assert [one.frozen.item for one in learn(user, source=Source.DUE).items] == [item.frozen.item]


def test_new_questions_are_those_never_answered(user):
    item = learn(user, topics=("contexts",), count=1).items[0]
    practice.answer(item.id, right(item))
    new = {one.id for one in practice.fitting(user.id, Wish(source=Source.NEW, topics=("contexts",)))}
    everything = {one.id for one in practice.fitting(user.id, Wish(topics=("contexts",)))}
    assert new == everything - {item.frozen.item}


def test_what_one_person_missed_is_nothing_to_another(user):
    other = accounts.add_user("olga@example.org", "Olga", Role.CANDIDATE)
    item = learn(user, count=1).items[0]
    practice.answer(item.id, wrong(item))
    assert refused(learn, other, source=Source.MISSED) is Why.NOT_NOW


def test_the_answers_of_an_exam_count_for_what_was_missed_at_its_end(user):
    attempt = practice.begin_exam(user.id, "junior", 3, None, "")
    first, second, _ = attempt.items
    attempts.answer(first.id, wrong(first), False, 1)
    attempts.answer(second.id, right(second), False, 1)
    assert cards.cards_of(user.id) == {}
    attempts.end_part(attempt.id, Part.QUESTIONS)
    assert {name: card.missed for name, card in cards.cards_of(user.id).items()} == {
        first.frozen.item: True,
        second.frozen.item: False,
    }


def test_an_exam_whose_time_is_up_is_ended_at_its_deadline(user):
    attempt = practice.begin_exam(user.id, "junior", 2, 10, "")
    with time_machine.travel(now() + timedelta(minutes=11), tick=False):
        practice.end_overdue(user.id)
        assert attempt.finished_at is not None
        assert attempt.parts[0].ended_at == attempt.parts[0].deadline
        assert practice.running_exam(user.id) is None


def test_an_exam_has_its_size_and_its_time(user):
    attempt = practice.begin_exam(user.id, "mid", 12, None, "")
    clock = clocks.clock(attempt, Part.QUESTIONS)
    assert len(attempt.items) == 12
    assert clock.deadline - clock.started_at == timedelta(minutes=18)


@pytest.mark.parametrize(
    ("level", "count", "minutes"), [("boss", None, None), ("mid", 0, None), ("mid", 101, None), ("mid", 5, 0)]
)
def test_an_exam_of_no_sense_is_refused(user, level, count, minutes):
    assert refused(practice.begin_exam, user.id, level, count, minutes, "") is Why.INVALID


def test_one_exam_runs_at_a_time(user):
    first = practice.begin_exam(user.id, "junior", 2, None, "a")
    assert practice.begin_exam(user.id, "senior", None, None, "b").id == first.id
    attempts.end_part(first.id, Part.QUESTIONS)
    assert practice.begin_exam(user.id, "senior", None, None, "c").id != first.id


@pytest.mark.parametrize("kind", ["learning", "exam", "task"])
def test_a_double_click_begins_one_attempt(app, user, kind):
    person = user.id
    name = db.session.scalars(select(FrozenItem.item).where(FrozenItem.kind == ItemKind.TASK)).first()
    deeds = {
        "learning": lambda: practice.begin_learning(person, Wish(count=3), "click"),
        "exam": lambda: practice.begin_exam(person, "junior", 3, None, "click"),
        "task": lambda: practice.begin_task(person, name, "click", anew=True),
    }
    db.session.rollback()  # what was read stays as it was read
    begun, gate = [], threading.Barrier(2)

    def click():
        with app.app_context():
            gate.wait()
            begun.append(deeds[kind]().id)
            db.session.remove()

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(begun)) == 1
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 1


def test_two_answers_that_race_are_the_first(app, user):
    item = learn(user, count=1).items[0]
    name, options = item.id, [right(item), wrong(item)]
    db.session.rollback()
    stands, gate = [], threading.Barrier(2)

    def click(chosen):
        with app.app_context():
            gate.wait()
            stands.append(tuple(practice.answer(name, chosen).chosen))
            db.session.remove()

    threads = [threading.Thread(target=click, args=(chosen,)) for chosen in options]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(stands)) == 1
    assert db.session.query(Answer).count() == 1
    assert len(cards.cards_of(user.id)) == 1


def test_ending_early_leaves_what_was_answered(user):
    attempt = learn(user, count=5)
    first = attempt.items[0]
    practice.answer(first.id, right(first))
    assert practice.end_learning(attempt.id)
    assert [item.id for item in attempt.items] == [first.id]
    assert attempt.finished_at is not None


def test_ending_before_any_answer_leaves_nothing(user):
    attempt = learn(user, count=5)
    assert not practice.end_learning(attempt.id)
    assert db.session.query(Attempt).count() == 0


def test_a_task_has_no_clock_and_no_limit(user):
    name = shelf.offered_tasks()[0].item
    attempt = practice.begin_task(user.id, name, "a")
    item = attempt.items[0]
    assert clocks.need_running(attempt, Part.TASKS).deadline is None
    for number in range(12):
        handing_in.hand_in(item.id, str(number), {"app.py": str(number).encode()})
        assert queue.complete(queue.claim("test"), [])  # one at a time
    assert len(item.submissions) == db.session.query(Job).count() == 12
    assert practice.begin_task(user.id, name, "b").id == attempt.id
    assert practice.begin_task(user.id, name, "c", anew=True).id != attempt.id


def test_who_is_assessed_is_graded_before_who_practises(user):
    mine = practice.begin_task(user.id, shelf.offered_tasks()[0].item, "a").items[0]
    handing_in.hand_in(mine.id, "click", {"app.py": b"x = 1"})
    invited = attempts.begin(attempts.find_invitation(TOKEN).id)
    attempts.start_part(invited.id, Part.TASKS)
    theirs = handing_in.hand_in(invited.items[-1].id, "click", {"app.py": b"x = 2"})
    assert queue.claim("test").submission == theirs.id


def test_a_task_of_the_exam_pool_is_not_to_practise_on(user):
    name = shelf.offered_tasks()[0].item
    with writing() as session:
        session.scalars(select(FrozenItem).where(FrozenItem.item == name)).one().pool = Pool.EXAM
    assert refused(practice.begin_task, user.id, name, "a") is Why.UNKNOWN
    assert name not in {one.item for one in shelf.offered_tasks()}


def test_a_bookmark_is_kept_once_and_dropped(user):
    frozen = learn(user, count=1).items[0].frozen
    for _ in range(2):
        shelf.set_bookmark(user.id, frozen.digest, wanted=True)
    assert db.session.query(Bookmark).count() == 1
    assert [item.frozen.item for item in learn(user, source=Source.BOOKMARKS).items] == [frozen.item]
    for _ in range(2):
        shelf.set_bookmark(user.id, frozen.digest, wanted=False)
    assert shelf.bookmarked_items(user.id) == []


def test_what_is_kept_for_exams_has_no_bookmark_and_no_page(user):
    kept = db.session.scalars(select(FrozenItem).where(FrozenItem.pool == Pool.EXAM)).first()
    assert refused(shelf.set_bookmark, user.id, kept.digest, wanted=True) is Why.UNKNOWN
    assert refused(shelf.practice_item, kept.item) is Why.UNKNOWN


def test_what_moved_into_the_exam_pool_has_no_page_any_more(user):
    old = learn(user, count=1).items[0].frozen
    with writing() as session:
        old.current = False
        session.flush()
        values = {column.key: getattr(old, column.key) for column in FrozenItem.__table__.columns}
        session.add(FrozenItem(**values | {"digest": "f" * 64, "pool": Pool.EXAM, "current": True}))
    assert refused(shelf.practice_item, old.item) is Why.UNKNOWN


def test_only_what_was_handed_in_opens_what_is_said_of_a_task(user):
    frozen = shelf.offered_tasks()[0]
    item = practice.begin_task(user.id, frozen.item, "a").items[0]
    handing_in.run_public_tests(item.id, "run", {"app.py": b""})
    assert item.submissions[0].kind is SubmissionKind.PUBLIC_RUN
    assert not explaining.may_know(user, frozen)
    handing_in.hand_in(item.id, "in", {"app.py": b""})
    assert explaining.may_know(user, frozen)


def test_what_can_be_gone_on_with_is_named(user):
    attempt = learn(user, count=2)
    assert [one.id for one in practice.unfinished(user.id, AttemptKind.LEARNING)] == [attempt.id]
    for item in attempt.items:
        practice.answer(item.id, right(item))
    assert practice.unfinished(user.id, AttemptKind.LEARNING) == []
