"""Decisions of people against verdicts and keys: who may, what counts then, and that nothing of it gets lost."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from harness.domain.verdicts import Outcome
from harness.services import appeals, overruling, results
from harness.services.errors import Refused, Why
from harness.store.base import db
from harness.store.models import Appeal, AuditEntry, Override, Role

REASON = "The test asks for what the brief leaves open."


@pytest.fixture
def submission(ended):
    return ended.task.submissions[0]


def decide(submission, by, check="one", outcome=Outcome.PASSED, seen="", reason=REASON):
    return overruling.about_check(submission.id, check, outcome, reason, by, seen)


def score(submission):
    return results.scores_of([submission.id])[submission.id]


def test_a_decision_changes_the_score_and_not_the_result(submission, owner):
    assert score(submission) == 50
    before = results.newest_result(submission.id).content
    decide(submission, owner)
    assert score(submission) == 75
    assert results.newest_result(submission.id).content == before
    assert results.newest_result(submission.id).score == 50


def test_a_fault_of_ours_leaves_the_score_open(submission, owner):
    decide(submission, owner, outcome=Outcome.OURS)
    assert score(submission) is None


def test_a_withdrawn_decision_counts_no_more_and_is_kept(submission, owner):
    made = decide(submission, owner)
    overruling.withdraw(made.ref, owner)
    assert score(submission) == 50
    (kept,) = overruling.history([submission.id])
    assert (kept.withdrawn_by.name, kept.reason) == ("Ines", REASON)
    with pytest.raises(Refused) as refusal:
        overruling.withdraw(made.ref, owner)
    assert refusal.value.why is Why.CONFLICT


def test_below_a_withdrawn_decision_the_one_before_counts(submission, owner):
    first = decide(submission, owner)
    second = decide(submission, owner, outcome=Outcome.OURS, seen=first.ref)
    overruling.withdraw(second.ref, owner)
    assert score(submission) == 75


def test_who_did_not_see_the_last_decision_does_not_overrule_it(submission, owner):
    first = decide(submission, owner)
    for seen in ("", "another"):
        with pytest.raises(Refused) as refusal:
            decide(submission, owner, outcome=Outcome.FAILED, seen=seen)
        assert refusal.value.why is Why.CONFLICT
    decide(submission, owner, outcome=Outcome.FAILED, seen=first.ref)
    assert score(submission) == 50


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"check": "nothing"}, Why.UNKNOWN),
        ({"outcome": Outcome.FAILED}, Why.INVALID),  # so it counts already
        ({"reason": "short"}, Why.INVALID),
        ({"reason": "x" * 2001}, Why.INVALID),
    ],
)
def test_what_can_not_be_decided(submission, owner, values, why):
    with pytest.raises(Refused) as refusal:
        decide(submission, owner, **values)
    assert refusal.value.why is why
    assert db.session.scalars(select(Override)).all() == []


def test_graders_and_administrators_decide_and_others_do_not(submission, add_user):
    for role in (Role.INTERVIEWER, Role.CANDIDATE):
        with pytest.raises(Refused) as refusal:
            decide(submission, add_user(role))
        assert refusal.value.why is Why.UNKNOWN
    made = decide(submission, add_user(Role.GRADER))
    decide(submission, add_user(Role.ADMINISTRATOR), outcome=Outcome.FAILED, seen=made.ref)
    with pytest.raises(Refused):
        overruling.withdraw(made.ref, db.session.get_one(type(made.by), add_user_id(Role.INTERVIEWER)))


def add_user_id(role):
    from harness.store.models import User

    return db.session.scalars(select(User.id).where(User.email == f"{role.value}@example.org")).one()


def test_an_answer_counts_as_a_person_decides(ended, owner):
    item = ended.questions[3]
    assert results.standing(ended.attempt).know == 75
    made = overruling.about_question(item.id, Outcome.PASSED, REASON, owner)
    assert results.standing(ended.attempt).know == 100
    overruling.withdraw(made.ref, owner)
    assert results.standing(ended.attempt).know == 75


def test_an_answer_is_right_or_wrong(ended, owner):
    for outcome, item in ((Outcome.OURS, ended.questions[0]), (Outcome.PASSED, ended.questions[0])):
        with pytest.raises(Refused) as refusal:
            overruling.about_question(item.id, outcome, REASON, owner)
        assert refusal.value.why is Why.INVALID
    with pytest.raises(Refused) as refusal:
        overruling.about_question(ended.task.id, Outcome.PASSED, REASON, owner)
    assert refusal.value.why is Why.UNKNOWN


def test_the_log_has_both_the_decision_and_its_end(submission, owner):
    made = decide(submission, owner)
    overruling.withdraw(made.ref, owner)
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action.startswith("decision."))).all()
    assert [(one.action, one.actor.name) for one in entries] == [
        ("decision.make", "Ines"),
        ("decision.withdraw", "Ines"),
    ]
    assert entries[0].details["before"] == "failed"
    assert entries[0].details["outcome"] == "passed"
    assert "one of " in entries[0].details["about"]


def test_what_answered_an_appeal_is_overruled_and_not_withdrawn(ended, submission, owner):
    appeals.file_about_check(ended.attempt.id, submission.id, "one", "The check is wrong.")
    appeals.answer(db.session.scalars(select(Appeal)).one().id, owner, accepted=True, text=REASON)
    (made,) = overruling.history([submission.id])
    with pytest.raises(Refused) as refusal:
        overruling.withdraw(made.ref, owner)
    assert refusal.value.why is Why.NOT_NOW
    assert score(submission) == 75
    decide(submission, owner, outcome=Outcome.FAILED, seen=made.ref)
    assert score(submission) == 50
