"""Appeals: what can be said when, who answers, and that what is accepted counts exactly where it should."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from harness.services import appeals, attempts, regrading, reporting, results
from harness.services.errors import Refused, Why
from harness.store.base import db
from harness.store.models import (
    Appeal,
    AppealState,
    AuditEntry,
    Job,
    JobKind,
    Override,
    ReportPolicy,
    Result,
    Role,
)
from harness.worker import queue

SAID = "The second option is right as well."
ANSWER = "So it is: the documentation says both."


@pytest.fixture
def submission(ended):
    return ended.task.submissions[0]


def about_question(ended, number=3, text=SAID):
    return appeals.file_about_question(ended.attempt.id, ended.questions[number].id, text)


def about_check(ended, check="one", text=SAID):
    return appeals.file_about_check(ended.attempt.id, ended.task.submissions[0].id, check, text)


def refused(deed, *arguments, **named) -> Why:
    count = db.session.scalar(select(func.count()).select_from(Appeal))
    with pytest.raises(Refused) as caught:
        deed(*arguments, **named)
    assert db.session.scalar(select(func.count()).select_from(Appeal)) == count
    return caught.value.why


def actions():
    return [(one.action, one.actor_id) for one in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))]


# filing


@pytest.mark.parametrize(("policy", "why"), [(ReportPolicy.NONE, Why.NOT_NOW), (ReportPolicy.SCORES, Why.FORBIDDEN)])
def test_what_one_can_not_read_one_can_not_appeal_against(ended, policy, why):
    ended.set(report_policy=policy)
    assert refused(about_question, ended) is why
    assert refused(about_check, ended) is why


def test_while_a_part_runs_nothing_can_be_said(sitting):
    assert refused(about_question, sitting) is Why.NOT_NOW


def test_one_thing_has_one_open_appeal(ended, owner):
    first = about_question(ended)
    assert refused(about_question, ended) is Why.CONFLICT
    about_question(ended, 2)
    about_check(ended)
    assert refused(about_check, ended) is Why.CONFLICT
    about_check(ended, "two")
    about_check(ended, appeals.WHOLE)
    appeals.answer(first.id, owner, accepted=False, text=ANSWER)
    assert about_question(ended).ref != first.ref


def test_a_person_who_sends_many_waits_for_answers(ended, monkeypatch):
    monkeypatch.setattr(appeals, "MOST_OPEN", 2)
    about_question(ended, 0)
    about_question(ended, 1)
    assert refused(about_question, ended, 2) is Why.TOO_MANY


@pytest.mark.parametrize("text", ["", "  too few ", "x" * 4_001])
def test_too_little_and_too_much_is_refused(ended, text):
    assert refused(about_question, ended, text=text) is Why.INVALID


def test_a_line_end_counts_once_as_in_the_browser(ended):
    text = "\n".join(["x" * 99] * 40)
    assert about_question(ended, text=text.replace("\n", "\r\n")).text == text
    assert len(text) == 3_999


def test_only_ones_own_and_what_there_is(ended):
    assert refused(about_check, ended, "no-such-check") is Why.UNKNOWN
    assert refused(appeals.file_about_question, ended.attempt.id, ended.task.id, SAID) is Why.UNKNOWN
    assert refused(appeals.file_about_check, ended.attempt.id, 4711, "one", SAID) is Why.UNKNOWN
    stranger = attempts.Attempt(kind="exam", user_id=ended.assessment.owner_id, finished_at=ended.attempt.finished_at)
    db.session.add(stranger)
    db.session.commit()
    submission = ended.task.submissions[0]
    assert refused(appeals.file_about_check, stranger.id, submission.id, "one", SAID) is Why.UNKNOWN
    assert refused(appeals.file_about_question, stranger.id, ended.questions[0].id, SAID) is Why.UNKNOWN


# answering


def test_an_accepted_question_counts_for_this_person(ended, owner):
    appeal = about_question(ended)
    appeals.answer(appeal.id, owner, accepted=True, text=ANSWER)
    assert (appeal.state, appeal.answer, appeal.answered_by_id) == (AppealState.ACCEPTED, ANSWER, owner.id)
    assert results.standing(ended.attempt).know == 100.0
    assert actions()[-2:] == [("appeal.filed", None), ("appeal.accepted", owner.id)]


def test_an_accepted_verdict_counts_as_passed_and_no_other_does(ended, owner, submission):
    appeals.answer(about_check(ended).id, owner, accepted=True, text=ANSWER)
    assert results.standing(ended.attempt).do == 75.0
    stored = db.session.scalars(select(Override)).one()
    assert (stored.submission_id, stored.check, stored.reason) == (submission.id, "one", ANSWER)
    assert db.session.scalars(select(Result)).one().score == 50.0, "a result never changes"


def test_what_is_declined_changes_nothing(ended, owner):
    appeal = about_question(ended)
    appeals.answer(appeal.id, owner, accepted=False, text=ANSWER)
    assert (appeal.state, results.standing(ended.attempt).know) == (AppealState.DECLINED, 75.0)
    assert db.session.scalars(select(Override)).all() == []
    assert actions()[-1] == ("appeal.declined", owner.id)


def test_an_appeal_is_answered_once(ended, owner):
    appeal = about_question(ended)
    appeals.answer(appeal.id, owner, accepted=False, text=ANSWER)
    assert refused(appeals.answer, appeal.id, owner, accepted=True, text=ANSWER) is Why.CONFLICT
    assert results.standing(ended.attempt).know == 75.0


def test_an_answer_says_something(ended, owner):
    appeal = about_question(ended)
    assert refused(appeals.answer, appeal.id, owner, accepted=True, text="ok") is Why.INVALID
    assert appeal.state is AppealState.OPEN


def test_a_grading_that_was_wrong_as_a_whole_is_made_again(ended, owner, submission):
    appeals.answer(about_check(ended, appeals.WHOLE).id, owner, accepted=True, text=ANSWER)
    (line,) = reporting.for_candidate(ended.attempt).tasks
    assert (line.tries[0].score, line.tries[0].going_on) == (50.0, True)
    ended.grade("one")
    assert results.standing(ended.attempt).do == 75.0
    assert db.session.scalar(select(func.count()).select_from(Result)) == 2


# who answers


def test_who_runs_the_assessment_and_graders_answer_and_nobody_else(ended, owner, add_user):
    appeal = about_question(ended)
    for user in (owner, add_user(Role.GRADER), add_user(Role.ADMINISTRATOR)):
        assert appeals.readable(appeal.ref, user).id == appeal.id
        assert appeals.open_for(user) == 1
    for user in (add_user(Role.INTERVIEWER), add_user(Role.CANDIDATE)):
        assert appeals.open_ones(user) == []
        assert appeals.open_for(user) == 0
        assert refused(appeals.readable, appeal.ref, user) is Why.UNKNOWN


def test_open_ones_are_the_oldest_first_and_answered_ones_the_newest(ended, owner):
    made = [about_question(ended, number) for number in range(4)]
    for appeal in made[:2]:
        appeals.answer(appeal.id, owner, accepted=False, text=ANSWER)
    assert [one.ref for one in appeals.open_ones(owner)] == [made[2].ref, made[3].ref]
    assert [one.ref for one in appeals.answered(owner)] == [made[1].ref, made[0].ref]


# grading again


def test_a_fault_of_ours_is_made_good_by_another_round(sitting, owner):
    submission = sitting.hand_in()
    sitting.end()
    sitting.give_up()
    regrading.grade_again(submission.id, owner.id)
    assert reporting.for_candidate(sitting.attempt).pending
    sitting.grade()
    assert results.standing(sitting.attempt).do == 100.0
    rounds = select(Job.round).where(Job.kind == JobKind.GRADE).order_by(Job.id)
    assert db.session.scalars(rounds).all() == [0, 1]
    assert actions()[-1] == ("submission.grade-again", owner.id)


def test_one_grading_of_a_submission_goes_on_at_a_time(sitting, owner):
    submission = sitting.hand_in()
    for _ in range(2):
        with pytest.raises(Refused, match="graded already"):
            regrading.grade_again(submission.id, owner.id)
        queue.claim("test")
    assert db.session.scalar(select(func.count()).select_from(Job)) == 1
