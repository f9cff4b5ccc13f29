"""Regrades: a dry run counts for nothing; applied it does; rolled back what was before does again."""

from __future__ import annotations

from dataclasses import replace

import pytest
import time_machine
from sqlalchemy import select

from harness.domain import canonical
from harness.domain.content import Pool
from harness.services import following, hooks, privacy, regrade_offers, regrades, regrading, reporting, results, tasks
from harness.services.errors import Refused
from harness.services.following import Stage
from harness.services.hooks import HookEvent
from harness.services.regrade_offers import Change
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import AuditEntry, FrozenItem, FrozenSecret, JobKind, Override, RegradeState, Result
from harness.worker import queue
from tests.unit.version_fixtures import newer_question, newer_task, with_right
from tests.unit.worker.test_queue import LATER, RESULT

REASON = "The second check asked for something that the brief does not say."


def begin(sitting, change=Change.NEWER, item=None):
    return regrades.begin(sitting.assessment.id, {(item or sitting.task).digest: change}, sitting.assessment.owner_id)


def by(sitting):
    return sitting.assessment.owner_id


def do(sitting):
    return results.standing(sitting.attempt).do


@pytest.fixture
def newer(ended):
    return newer_task(ended.task.frozen)


@pytest.fixture
def tried(ended, newer):
    """A dry run by a newer version of the task, in which everything passes."""
    made = begin(ended)
    ended.grade()
    return made


def test_a_dry_run_counts_for_nothing(ended, tried):
    assert do(ended) == 50
    assert regrades.progress(tried).done == 1
    assert reporting.for_candidate(ended.attempt).do == 50


def test_it_is_graded_by_the_newer_version_and_every_result_is_kept(ended, newer, tried):
    first, second = db.session.scalars(select(Result).order_by(Result.id))
    assert (first.task_digest, second.task_digest) == (ended.task.digest, newer)
    assert second.regrade_id == tried.id
    assert second.image == "sha256:0"
    assert second.seed


def test_what_is_applied_counts_and_what_is_rolled_back_counts_no_more(ended, tried):
    regrades.apply(tried.id, REASON, by(ended))
    assert do(ended) == 100
    assert reporting.for_staff(ended.attempt).tasks[0].report.score == 100
    assert regrades.roll_back(tried.id, REASON, by(ended)) == 0
    assert do(ended) == 50
    assert tried.state is RegradeState.ROLLED_BACK
    assert len(db.session.scalars(select(Result)).all()) == 2


def test_what_was_asked_never_changes(ended, newer, tried):
    regrades.apply(tried.id, REASON, by(ended))
    assert ended.task.digest != newer
    assert ended.assessment.items[-1].digest == ended.task.digest


def test_a_dry_run_that_is_given_up_leaves_nothing_in_the_queue(ended, newer):
    made = begin(ended)
    regrades.drop(made.id, by(ended))
    assert queue.claim("test") is None
    assert do(ended) == 50
    with pytest.raises(Refused, match="decided already"):
        regrades.apply(made.id, REASON, by(ended))


def test_a_worker_that_still_has_a_job_of_it_brings_its_result_in_vain(ended, newer):
    made = begin(ended)
    held = queue.claim("test")
    regrades.drop(made.id, by(ended))
    assert not queue.finish(held, RESULT)
    assert len(db.session.scalars(select(Result)).all()) == 1


def test_nothing_is_applied_before_all_is_judged(ended, newer):
    made = begin(ended)
    with pytest.raises(Refused, match="not over yet"):
        regrades.apply(made.id, REASON, by(ended))
    ended.give_up()
    with pytest.raises(Refused, match="not judged"):
        regrades.apply(made.id, REASON, by(ended))
    assert regrades.progress(made).missing == 1
    assert regrades.go_on(made.id, by(ended)) == 1
    ended.grade()
    regrades.apply(made.id, REASON, by(ended))
    assert do(ended) == 100


def test_a_worker_that_dies_loses_nothing_of_it(ended, newer):
    made = begin(ended)
    assert queue.claim("dies").kind is JobKind.DRY_RUN
    with time_machine.travel(now() + LATER, tick=False):
        assert regrades.progress(made).waiting == 1
        ended.grade()
    assert regrades.progress(made).done == 1


def test_a_second_one_is_refused_while_one_is_not_decided(ended, tried):
    with pytest.raises(Refused, match="not decided"):
        begin(ended, Change.AGAIN)
    regrades.drop(tried.id, by(ended))
    begin(ended, Change.AGAIN)


def test_an_ordinary_grading_during_a_dry_run_does_not_count_by_the_version_that_is_gone(ended, tried):
    """It ends after the dry run, with the version that held when it began."""
    regrading.grade_again(ended.task.submissions[0].id, by(ended))
    with pytest.raises(Refused, match="being graded just now"):
        regrades.apply(tried.id, REASON, by(ended))
    ended.grade("one", "two", "three", "four")
    assert do(ended) == 0
    regrades.apply(tried.id, REASON, by(ended))
    assert do(ended) == 100


def test_after_it_everyone_is_graded_by_the_version_that_holds(sitting):
    sitting.hand_in()
    sitting.grade("one", "two")
    newer = newer_task(sitting.task.frozen)
    made = begin(sitting)
    sitting.grade()
    regrades.apply(made.id, REASON, by(sitting))
    sitting.hand_in("y = 2\n")
    held = queue.claim("test")
    assert (held.kind, held.digest) == (JobKind.GRADE, newer)
    queue.finish(held, replace(RESULT, run_id="later", verdicts=sitting.verdicts("one", "two")))
    regrading.grade_again(sitting.task.submissions[0].id, by(sitting))
    assert queue.claim("test").digest == newer


@pytest.fixture
def applied(sitting):
    """One submission, half right by the task's old version, all right by the newer one, which holds."""
    sitting.hand_in()
    sitting.grade("one", "two")
    newer_task(sitting.task.frozen)
    made = begin(sitting)
    sitting.grade()
    regrades.apply(made.id, REASON, by(sitting))
    return made


def test_rolling_back_has_graded_what_came_in_since(sitting, applied):
    sitting.hand_in("y = 2\n")
    sitting.grade("one")
    assert do(sitting) == 100
    assert regrades.roll_back(applied.id, REASON, by(sitting)) == 1
    assert results.unfinished(sitting.task.submissions[-1].id)
    assert do(sitting) is None
    assert queue.claim("test").digest == sitting.task.digest


def test_what_comes_in_during_a_dry_run_has_to_be_tried_as_well(sitting):
    sitting.hand_in()
    sitting.grade()
    newer_task(sitting.task.frozen)
    made = begin(sitting)
    sitting.grade()
    sitting.hand_in("y = 2\n")
    sitting.grade()
    with pytest.raises(Refused, match="not judged"):
        regrades.apply(made.id, REASON, by(sitting))
    assert regrades.go_on(made.id, by(sitting)) == 1
    assert regrades.go_on(made.id, by(sitting)) == 0
    sitting.grade()
    regrades.apply(made.id, REASON, by(sitting))


def test_regrades_build_on_each_other(sitting, applied):
    newest = newer_task(sitting.task.frozen, "e")
    second = begin(sitting)
    assert second.items[0].before_digest == applied.items[0].after_digest
    sitting.grade("one", "two", "three", "four")
    regrades.apply(second.id, REASON, by(sitting))
    assert do(sitting) == 0
    with pytest.raises(Refused, match="later regrade builds on this"):
        regrades.roll_back(applied.id, REASON, by(sitting))
    assert second.items[0].after_digest == newest
    regrades.roll_back(second.id, REASON, by(sitting))
    assert do(sitting) == 100
    regrades.roll_back(applied.id, REASON, by(sitting))
    assert do(sitting) == 50


def test_nothing_is_rolled_back_while_another_is_not_decided(sitting, applied):
    begin(sitting, Change.AGAIN)
    with pytest.raises(Refused, match="not decided yet"):
        regrades.roll_back(applied.id, REASON, by(sitting))


def test_the_same_version_on_another_image(ended):
    made = begin(ended, Change.AGAIN)
    ended.grade(environment=replace(RESULT.environment, image="sha256:1"))
    assert do(ended) == 50
    regrades.apply(made.id, REASON, by(ended))
    assert do(ended) == 100
    regrades.roll_back(made.id, REASON, by(ended))
    assert do(ended) == 50


def test_every_deed_stands_in_the_log_with_its_reason(ended, tried):
    regrades.apply(tried.id, REASON, by(ended))
    regrades.roll_back(tried.id, REASON, by(ended))
    found = db.session.scalars(select(AuditEntry).where(AuditEntry.action.like("regrade.%"))).all()
    assert [one.action for one in found] == ["regrade.begin", "regrade.apply", "regrade.roll-back"]
    assert [one.details.get("reason") for one in found] == [None, REASON, REASON]
    assert found[1].details["items"][0]["before"] == ended.task.digest


@pytest.mark.parametrize("reason", ["", "  short \n ", "x" * 5_001])
def test_a_reason_is_needed(ended, tried, reason):
    with pytest.raises(Refused, match="reason"):
        regrades.apply(tried.id, reason, by(ended))
    assert tried.state is RegradeState.DRY_RUN


def test_a_decision_about_a_verdict_stays(ended, newer):
    """Where the check is there in both versions, whoever decided about it has decided about both."""
    submission = ended.task.submissions[0]
    with writing() as session:
        session.add(Override(submission_id=submission.id, check="three", outcome="failed", reason="No.", by_id=1))
    made = begin(ended)
    ended.grade()
    regrades.apply(made.id, REASON, by(ended))
    assert do(ended) == 75


def know(sitting):
    return results.standing(sitting.attempt).know


@pytest.fixture
def rekeyed(ended):
    """The fourth question, which was answered wrongly, has a newer key: what was answered is right."""
    item = ended.questions[3]
    chosen = item.answer.chosen[0]
    newer_question(item.frozen, lambda old: with_right(old, chosen))
    return item


def test_a_newer_key_is_applied_to_the_answers_that_were_given(ended, rekeyed):
    made = begin(ended, item=rekeyed)
    assert know(ended) == 75
    assert queue.claim("test") is None
    regrades.apply(made.id, REASON, by(ended))
    assert know(ended) == 100
    line = reporting.for_staff(ended.attempt).questions[3]
    assert line.right
    assert [one.option.id for one in line.options if one.option.correct] == rekeyed.answer.chosen
    regrades.roll_back(made.id, REASON, by(ended))
    assert know(ended) == 75


def test_a_report_shows_the_words_that_were_asked_and_the_newer_explanation(ended):
    item = ended.questions[0]
    newer_question(item.frozen, lambda old: replace(old, stem="Other words.", explanation="Said better."))
    offer = next(one for one in regrade_offers.offers(ended.assessment) if one.item.digest == item.digest)
    assert offer.reworded
    regrades.apply(begin(ended, item=item).id, REASON, by(ended))
    shown = reporting.for_candidate(ended.attempt).questions[0].question
    assert shown.explanation == "Said better."
    assert shown.stem != "Other words."


def test_a_key_that_is_secret_by_now_is_told_to_no_candidate(ended, rekeyed):
    with writing() as session:
        made = session.scalars(
            select(FrozenItem).where(FrozenItem.item == rekeyed.frozen.item, FrozenItem.current)
        ).one()
        secret = session.get_one(FrozenSecret, made.digest)
        secret.content = canonical.write(
            replace(canonical.read_question(secret.content.decode()), pool=Pool.EXAM)
        ).encode()
    regrades.apply(begin(ended, item=rekeyed).id, REASON, by(ended))
    assert reporting.for_candidate(ended.attempt).questions[3].question is None
    assert reporting.for_candidate(ended.attempt).questions[3].right is None


def test_a_newer_question_with_other_options_can_judge_no_answer(ended):
    item = ended.questions[0]
    newer_question(item.frozen, lambda old: replace(old, options=(replace(old.options[0], id="new"), *old.options[1:])))
    offer = next(one for one in regrade_offers.offers(ended.assessment) if one.item.digest == item.digest)
    assert "other options" in offer.why_not
    assert offer.choices == ()
    with pytest.raises(Refused, match="catalogue has changed"):
        begin(ended, item=item)


def test_a_newer_question_of_another_kind_can_judge_no_answer(ended):
    item = ended.questions[0]
    newer_question(item.frozen, lambda old: replace(old, kind="multi" if old.kind == "single" else "single"))
    offer = next(one for one in regrade_offers.offers(ended.assessment) if one.item.digest == item.digest)
    assert "another kind of answer" in offer.why_not


def test_what_is_offered(ended, newer):
    found = {one.item.digest: one for one in regrade_offers.offers(ended.assessment)}
    task = found[ended.task.digest]
    assert (task.newer.digest, task.choices, task.submissions) == (newer, (Change.NEWER, Change.AGAIN), 1)
    assert not task.reworded
    assert found[ended.questions[0].digest].choices == ()


def test_several_items_are_one_regrade(ended, rekeyed):
    newer_task(ended.task.frozen)
    chosen = {rekeyed.digest: Change.NEWER, ended.task.digest: Change.NEWER}
    made = regrades.begin(ended.assessment.id, chosen, by(ended))
    ended.grade()
    regrades.apply(made.id, REASON, by(ended))
    assert (know(ended), do(ended)) == (100, 100)


@pytest.mark.parametrize("chosen", [{}, {"0" * 64: Change.AGAIN}])
def test_nothing_and_what_is_not_asked_can_not_be_regraded(ended, chosen):
    with pytest.raises(Refused, match="Choose what"):
        regrades.begin(ended.assessment.id, chosen, by(ended))


def test_the_candidate_sees_nothing_of_a_dry_run(ended, newer):
    submission = ended.task.submissions[0]
    begin(ended)
    assert not tasks.progress(submission).going_on
    assert not results.unfinished(submission.id)
    assert following.follow(ended.assessment).counts == {Stage.FINISHED: 1}


def test_a_person_who_is_erased_leaves_nothing_in_a_regrade(ended, tried):
    privacy.erase(ended.attempt.invitation)
    db.session.expire_all()
    assert regrades.progress(tried) == regrades.Progress(0, 0, 0, 0)
    regrades.apply(tried.id, REASON, 1)


def test_programs_are_told_of_what_counts_and_of_no_dry_run(ended, owner):
    hooks.create(owner, "https://hr.example.org/assay", [one.value for one in HookEvent])
    newer_task(ended.task.frozen)
    made = begin(ended)
    ended.grade()
    assert hooks.deliveries(owner.id) == []
    regrades.apply(made.id, REASON, owner.id)
    regrades.roll_back(made.id, REASON, owner.id)
    assert [one.event for one in hooks.deliveries(owner.id)] == ["assessment.regraded"] * 2
