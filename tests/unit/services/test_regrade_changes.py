"""What a regrade changes, person by person; seen before it is applied, and the same afterwards."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import event

from harness.domain.verdicts import Outcome
from harness.services import decisions, overruling, regrade_changes, regrades
from harness.services.regrade_changes import Pair, Turn
from harness.services.regrade_offers import Change
from harness.store.base import db
from harness.worker import queue
from tests.unit.cohort_fixtures import grow
from tests.unit.services.test_regrades import REASON, begin, by
from tests.unit.sitting_fixtures import NOT_STARTED
from tests.unit.version_fixtures import newer_question, newer_task, with_right
from tests.unit.worker.test_queue import RESULT


@pytest.fixture
def tried(ended):
    """By the newer version the second check passes, the third fails, and there is a fifth."""
    newer_task(ended.task.frozen)
    made = begin(ended)
    verdicts = ended.verdicts("one", "three")
    ended.grade(verdicts=(*verdicts, replace(verdicts[1], check="five")))
    return made


def one_of(regrade):
    (found,) = regrade_changes.of(regrade).people
    return found


def test_every_verdict_that_would_be_another_one_is_told(ended, tried):
    found = one_of(tried)
    assert found.do == Pair(50, 60)
    assert found.know == Pair(75, 75)
    assert set(found.submissions[0].turns) == {
        Turn("two", "failed", "passed"),
        Turn("three", "passed", "failed"),
        Turn("five", None, "passed"),
    }
    assert regrade_changes.of(tried).checks[Turn("three", "passed", "failed")] == 1


def test_the_list_stays_the_same_when_it_is_applied_and_rolled_back(ended, tried):
    seen = one_of(tried)
    regrades.apply(tried.id, REASON, by(ended))
    assert one_of(tried) == seen
    regrades.roll_back(tried.id, REASON, by(ended))
    assert one_of(tried) == seen


def test_before_anything_is_judged_nobody_changes(ended):
    newer_task(ended.task.frozen)
    found = regrade_changes.of(begin(ended))
    assert (found.people, found.open, found.everyone) == ((), 1, 1)


@pytest.mark.parametrize("done", [regrades.drop, None])
def test_by_the_same_version_nobody_is_known_before_they_are_judged_either(ended, done):
    made = begin(ended, Change.AGAIN)
    if done:
        done(made.id, by(ended))
    found = regrade_changes.of(made)
    assert (found.people, found.open, found.images[1]) == ((), 1, {})


def test_what_came_in_after_it_was_applied_was_never_otherwise(sitting):
    sitting.hand_in()
    sitting.grade("one", "two")
    newer_task(sitting.task.frozen)
    made = begin(sitting)
    sitting.grade()
    regrades.apply(made.id, REASON, by(sitting))
    sitting.hand_in("y = 2\n")
    sitting.grade("one")
    (retried,) = one_of(made).submissions
    assert retried.submission.number == 1


def test_who_stays_as_they_are_is_not_told(ended):
    newer_task(ended.task.frozen)
    made = begin(ended)
    ended.grade("one", "two")
    found = regrade_changes.of(made)
    assert (found.people, found.everyone) == ((), 1)


def test_a_verdict_that_a_person_decided_stays_as_they_did(ended, owner):
    submission = ended.task.submissions[0]
    overruling.about_check(submission.id, "two", Outcome.PASSED, "The brief says nothing of it.", owner)
    newer_task(ended.task.frozen)
    made = begin(ended)
    ended.grade("one")
    found = regrade_changes.of(made)
    assert found.people == ()


def test_an_app_that_starts_by_now_is_told(sitting):
    sitting.hand_in()
    sitting.end()
    sitting.grade("one", "two", "three", "four", start_failure=NOT_STARTED)
    made = begin(sitting, Change.AGAIN)
    sitting.grade(environment=replace(RESULT.environment, image="sha256:1"))
    found = regrade_changes.of(made)
    assert Turn(regrade_changes.STARTS, "failed", "passed") in found.people[0].submissions[0].turns
    assert found.images == ({"sha256:0": 1}, {"sha256:1": 1})


def test_a_submission_that_is_judged_at_last_has_a_score(sitting):
    sitting.hand_in()
    sitting.end()
    sitting.give_up()
    made = begin(sitting, Change.AGAIN)
    sitting.grade("one")
    found = one_of(made)
    assert found.do == Pair(None, 75)
    assert found.step == 0


def test_answers_that_turn_are_told(ended):
    item = ended.questions[3]
    chosen = item.answer.chosen[0]
    newer_question(item.frozen, lambda old: with_right(old, chosen))
    made = begin(ended, item=item)
    found = one_of(made)
    assert found.know == Pair(75, 100)
    assert found.questions == (Turn(f"question {item.frozen.item}", "wrong", "right"),)


def test_the_pass_mark_and_decisions_are_told(ended, owner):
    ended.set(pass_mark=60)
    decisions.decide(ended.attempt.invitation_id, "decline", "Too little is right.", owner.id)
    newer_task(ended.task.frozen)
    made = begin(ended)
    ended.grade()
    found = regrade_changes.of(made)
    assert (found.pass_now, found.fail_now, found.better, found.worse, found.decided) == (1, 0, 1, 0, 1)


def test_a_joint_score_changes_where_there_is_one(ended):
    ended.set(know_share=50)
    newer_task(ended.task.frozen)
    made = begin(ended)
    ended.grade()
    assert one_of(made).joint == Pair(62.5, 87.5)


def asked(sitting):
    """How many queries the list takes, when everything is judged anew."""
    made = begin(sitting, Change.AGAIN)
    judge_all(sitting)
    db.session.expire_all()
    count = []

    def note(*rest):
        count.append(rest[2])

    event.listen(db.engine, "before_cursor_execute", note)
    found = regrade_changes.of(made)
    event.remove(db.engine, "before_cursor_execute", note)
    regrades.drop(made.id, by(sitting))
    return len(found.people), len(count)


def judge_all(sitting):
    while held := queue.claim("test"):
        queue.finish(held, replace(RESULT, run_id=f"run-{held.job}", verdicts=sitting.verdicts("four")))


def test_the_number_of_queries_does_not_grow_with_the_cohort(ended):
    few, queries = asked(ended)
    grow(12, 1)
    judge_all(ended)
    many, more = asked(ended)
    assert (few, many) == (1, 13)
    assert queries == more
