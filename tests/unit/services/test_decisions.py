"""Decisions about people, and names that are hidden until there is one."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from harness.services import decisions, following, pseudonyms, reporting, taking_away
from harness.services.errors import Refused, Why
from harness.store.base import db
from harness.store.models import AuditEntry, Choice, Decision

REASON = "Knows the ORM well, and their code holds."


@pytest.fixture
def nora(ended):
    return ended.attempt.invitation


def test_a_decision_keeps_its_reason_and_the_scores_of_then(ended, nora, owner):
    decisions.decide(nora.id, "advance", REASON, owner.id)
    (made,) = decisions.of(nora.id)
    assert (made.choice, made.reason, made.by.name) == (Choice.ADVANCE, REASON, "Ines")
    assert made.scores == {"know": 75.0, "do": 50.0}
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.action, entry.subject) == ("decision.advance", nora.ref)


def test_a_further_decision_holds_and_the_first_one_stays(nora, owner):
    decisions.decide(nora.id, "hold", REASON, owner.id)
    first = nora.decided_at
    decisions.decide(nora.id, "decline", "Another candidate fits better.", owner.id)
    assert [one.choice for one in decisions.of(nora.id)] == [Choice.DECLINE, Choice.HOLD]
    assert decisions.standing_of([nora.id])[nora.id].choice is Choice.DECLINE
    assert nora.decided_at == first


@pytest.mark.parametrize(("choice", "reason"), [("hire", REASON), ("", REASON), ("hold", "no"), ("hold", " " * 20)])
def test_what_is_no_decision_is_refused(nora, owner, choice, reason):
    with pytest.raises(Refused) as caught:
        decisions.decide(nora.id, choice, reason, owner.id)
    assert caught.value.why is Why.INVALID
    assert db.session.scalars(select(Decision)).all() == []
    assert nora.decided_at is None


def test_names_are_hidden_until_a_decision(ended, nora, owner):
    assert pseudonyms.shown_name(nora) == "Nora"
    pseudonyms.hide_names(ended.assessment.id, owner.id, hide=True)
    alias = pseudonyms.shown_name(nora)
    assert "Nora" not in alias
    assert alias == pseudonyms.shown_name(nora)
    staff = taking_away.as_data(reporting.for_staff(ended.attempt))
    assert staff["person"] == alias
    assert taking_away.as_data(reporting.for_candidate(ended.attempt))["person"] == "Nora"
    assert following.follow(ended.assessment, text="nora").found == 0
    assert following.follow(ended.assessment, text=nora.alias).found == 1
    decisions.decide(nora.id, "advance", REASON, owner.id)
    assert pseudonyms.shown_name(nora) == "Nora"


def test_hiding_is_in_the_log_once(ended, owner):
    for hide in (True, True, False):
        pseudonyms.hide_names(ended.assessment.id, owner.id, hide=hide)
    actions = db.session.scalars(select(AuditEntry.action).where(AuditEntry.action.like("assessment.%-names"))).all()
    assert actions == ["assessment.hide-names", "assessment.show-names"]
