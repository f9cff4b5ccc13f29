"""The report of an attempt: who is told what, when, and what is said where a score is not known."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from harness.domain.content import Domain, Pool
from harness.domain.verdicts import Outcome
from harness.reports.model import Audience
from harness.services import attempts, handing_in, practice, reporting, results, taking_away
from harness.services.domains import Tally
from harness.services.errors import Refused, Why
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import (
    AttemptKind,
    Counts,
    FrozenSecret,
    Override,
    Part,
    ReportPolicy,
    Role,
    StoredTopic,
)
from harness.worker import queue
from tests.unit.sitting_fixtures import HIDDEN, NOT_STARTED


def told(sitting):
    return reporting.for_candidate(sitting.attempt)


def keep_for_exams(*items):
    with writing():
        for item in items:
            item.frozen.pool = Pool.EXAM


def override(owner, **about):
    with writing() as session:
        session.add(Override(outcome=Outcome.PASSED, reason="The brief leaves it open.", by_id=owner.id, **about))


# who is told, and when


@pytest.mark.parametrize("policy", list(ReportPolicy))
def test_while_a_part_runs_its_person_is_told_nothing_and_the_staff_what_stands(sitting, policy):
    sitting.set(report_policy=policy)
    sitting.answer(True)
    attempts.end_part(sitting.attempt.id, Part.QUESTIONS)
    with pytest.raises(Refused) as caught:
        told(sitting)
    assert caught.value.why is Why.NOT_NOW
    report = reporting.for_staff(sitting.attempt)
    assert [(line.value, line.state) for line in report.scores] == [(25.0, ""), (0.0, "so far")]


def test_the_policy_says_what_its_person_is_told_at_the_end(ended):
    ended.set(report_policy=ReportPolicy.NONE)
    assert "not part of this assessment" in reporting.not_yet(ended.attempt)
    ended.set(report_policy=ReportPolicy.SCORES)
    scores = told(ended)
    assert (scores.know, scores.do) == (75.0, 50.0)
    assert (scores.questions, scores.tasks, scores.domains) == ((), (), ())
    ended.set(report_policy=ReportPolicy.FULL)
    full = told(ended)
    assert [line.right for line in full.questions].count(True) == 3
    assert all(line.question.explanation for line in full.questions)
    assert full.tasks[0].report.audience is Audience.CANDIDATE


def test_the_report_does_not_wait_for_a_part_that_nobody_can_start_any_more(sitting):
    with writing() as session:
        session.delete(next(one for one in sitting.attempt.parts if one.part is Part.TASKS))
    attempts.end_part(sitting.attempt.id, Part.QUESTIONS)
    db.session.expire_all()
    assert reporting.not_yet(sitting.attempt)
    sitting.set(closes_at=now() + timedelta(hours=1))
    assert reporting.not_yet(sitting.attempt)
    with time_machine.travel(now() + timedelta(hours=2)):
        report = told(sitting)
    assert [(line.value, line.state) for line in report.scores] == [(0.0, ""), (None, "not started")]


def test_a_warm_up_has_no_report(ended):
    with writing():
        ended.attempt.kind = AttemptKind.WARM_UP
    assert "warm-up" in reporting.not_yet(ended.attempt)


def test_a_practising_account_is_told_all_at_once_after_the_end(app, add_user):
    attempt = practice.begin_exam(add_user(Role.CANDIDATE).id, "mid", 5, None, "click")
    assert reporting.not_yet(attempt)
    attempts.end_part(attempt.id, Part.QUESTIONS)
    report = reporting.for_candidate(attempt)
    assert report.full
    assert len(report.questions) == 5
    assert all(line.question for line in report.questions)


# what the report says


def test_a_failed_test_leads_to_the_explanation_of_its_mistake(ended):
    report = told(ended).tasks[0].report
    (found,) = report.diagnoses
    assert found.belief
    assert found.checks == ("The one thing works.", "The two thing works.")
    assert found.question.explanation


def test_a_candidates_report_has_nothing_of_the_tests(ended):
    text = json.dumps(taking_away.as_data(told(ended)))
    assert HIDDEN not in text
    assert "THESEED" not in text
    staff = json.dumps(taking_away.as_data(reporting.for_staff(ended.attempt)))
    assert HIDDEN in staff
    assert "THESEED" in staff


def test_what_is_known_and_done_by_domain_and_concept(ended):
    domains = {line.domain: line for line in told(ended).domains}
    assert sum(line.know.part for line in domains.values()) == 3
    assert sum(line.know.whole for line in domains.values()) == 4
    task = domains[ended.task.frozen.topic.domain]
    assert (task.do.part, task.do.whole) == (2, 4)
    assert sorted((one.do.part, one.do.whole) for one in task.concepts if one.do.whole) == [(0, 2), (2, 2)]


def test_a_check_that_could_not_be_judged_is_in_no_figure(ended):
    tally = Tally()
    report = told(ended).tasks[0].report
    groups = [replace(one, checks=(replace(one.checks[0], outcome="ours"), *one.checks[1:])) for one in report.concepts]
    tally.checks(Domain.ORM, groups)
    (line,) = tally.lines()
    assert (line.do.part, line.do.whole) == (1, 2)


def test_the_options_stand_as_this_person_saw_them(ended):
    line = told(ended).questions[3]
    assert [one.option.id for one in line.options] == line.item.shown
    assert [one.letter for one in line.options] == list("ABCDEF")
    assert [one.option.id for one in line.options if one.chosen] == line.item.answer.chosen


def test_an_attempt_is_shown_with_the_topic_as_it_was(ended):
    """A topic that names its misconceptions anew does not take the diagnosis from those who were graded before."""
    with writing() as session:
        topic = session.get_one(StoredTopic, ended.task.frozen.topic_slug)
        topic.content = json.dumps(json.loads(topic.content) | {"misconceptions": {}})
    assert told(ended).tasks[0].report.diagnoses


# exam items


def test_an_exam_question_is_neither_shown_nor_called_right_or_wrong(ended):
    first = ended.questions[0]
    keep_for_exams(first)
    report = told(ended)
    line = report.questions[0]
    assert (line.question, line.options, line.right) == (None, (), None)
    assert report.know == 75.0
    text = json.dumps(taking_away.as_data(report))
    key = results.key_of(first)
    for secret in (key.explanation, key.stem, first.frozen.item, *(option.why for option in key.options)):
        assert json.dumps(secret)[1:-1] not in text
    assert reporting.for_staff(ended.attempt).questions[0].question == key


def test_an_exam_question_counts_for_its_domain_alone(ended):
    keep_for_exams(*ended.questions)
    report = told(ended)
    assert sum(line.know.whole for line in report.domains) == 4
    assert all(not one.know.whole for line in report.domains for one in line.concepts)


def test_an_exam_tasks_reference_is_not_explained_to_its_candidate(ended):
    assert told(ended).tasks[0].report.explanation
    keep_for_exams(ended.task)
    assert told(ended).tasks[0].report.explanation is None
    assert reporting.for_staff(ended.attempt).tasks[0].report.explanation


# scores that are not known


def test_a_grading_that_waits_is_told_as_one_and_never_as_a_zero(sitting):
    sitting.hand_in()
    sitting.end()
    report = told(sitting)
    assert report.pending
    assert (report.do, report.scores[1].state, report.tasks[0].report) == (None, "being graded", None)
    assert report.passed is None


def test_our_own_fault_is_told_as_one_and_never_as_a_zero(sitting):
    sitting.set(pass_mark=50)
    sitting.hand_in()
    sitting.end()
    sitting.give_up()
    report = told(sitting)
    assert (report.complete, report.pending) == (False, False)
    assert (report.do, report.scores[1].state) == (None, "not judged")
    assert report.passed is None
    (only,) = report.tasks[0].tries
    assert (only.score, only.going_on, only.counts) == (None, False, False)


def test_an_app_that_did_not_start_earns_nothing_and_says_why(sitting):
    sitting.hand_in()
    sitting.end()
    sitting.grade(verdicts=(), start_failure=NOT_STARTED)
    line = told(sitting).tasks[0]
    assert line.mark.share == 0.0
    assert line.report.start.traceback == "Traceback: theirs"


@pytest.mark.parametrize(("counts", "number", "score"), [(Counts.BEST, 0, 75.0), (Counts.LAST, 1, 50.0)])
def test_the_report_is_of_the_submission_that_counts(sitting, counts, number, score):
    sitting.set(counts=counts)
    handing_in.run_public_tests(sitting.task.id, "run", {"app.py": b""})
    for text in ("first", "second"):
        sitting.hand_in(text)
    sitting.end()
    assert queue.complete(queue.claim("test"), ["passed test_it"])
    sitting.grade("one")
    sitting.grade("one", "two")
    line = told(sitting).tasks[0]
    assert [(one.name, one.score) for one in line.tries] == [("Submission 1", 75.0), ("Submission 2", 50.0)]
    assert [one.counts for one in line.tries].index(True) == number
    assert line.report.score == told(sitting).do == score


def test_the_pass_mark_is_for_every_part(ended):
    for mark, passed in ((50, True), (51, False), (76, False), (None, None)):
        ended.set(pass_mark=mark)
        assert told(ended).passed is passed


# what people decided


def test_an_override_counts_and_its_reason_stands_with_the_check(ended, owner):
    submission = ended.task.submissions[0]
    override(owner, submission_id=submission.id, check="one")
    report = told(ended)
    assert report.do == 75.0
    shown = report.tasks[0].report
    checks = {check.id: check for concept in shown.concepts for check in concept.checks}
    assert checks["one"].outcome == "passed"
    assert any("The brief leaves it open." in note for note in checks["one"].notes)
    assert not checks["two"].notes
    assert report.tasks[0].tries[0].score == 75.0


def test_a_diagnosis_does_not_outlive_a_verdict_that_it_rests_on(ended, owner):
    assert told(ended).tasks[0].report.diagnoses
    override(owner, submission_id=ended.task.submissions[0].id, check="one")
    shown = told(ended).tasks[0].report
    assert shown.diagnoses == ()
    assert [check for study in shown.studies for check in study.checks] == ["The two thing works."]


def test_a_question_that_was_decided_counts_as_right(ended, owner):
    override(owner, item_id=ended.questions[3].id)
    report = told(ended)
    assert report.know == 100.0
    assert report.questions[3].right
    assert report.questions[3].override.reason == "The brief leaves it open."


def test_what_a_program_is_given_holds_what_its_reader_saw(ended):
    data = taking_away.as_data(told(ended))
    assert data["scores"] == {
        "questions": {"value": 75.0, "state": "", "margin": [30.1, 95.4]},
        "tasks": {"value": 50.0, "state": "", "margin": [9.5, 90.5]},
    }
    assert [one["right"] for one in data["questions"]] == [True, True, True, False]
    assert data["tasks"][0]["report"]["score"] == 50.0
    assert json.dumps(data)
    ended.set(report_policy=ReportPolicy.SCORES)
    assert taking_away.as_data(told(ended))["questions"] == []


def test_the_hidden_half_is_never_read_for_scores_alone(ended, monkeypatch):
    """With a policy of scores no explanation is even loaded."""
    ended.set(report_policy=ReportPolicy.SCORES)
    secret = db.session.get_one(FrozenSecret, ended.task.digest)
    monkeypatch.setattr(reporting.frozen, "explanation_of", lambda item: pytest.fail("loaded"))
    assert secret
    assert told(ended).do == 50.0
