"""The comparer's own process: what it is told and tells, its limits, and what becomes of a comparison that fails."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from harness.services import attempts, handing_in, inviting, likenesses
from harness.services.inviting import Invitee
from harness.store.base import db
from harness.store.models import AlikePair, ComparisonState, Part, User
from harness.worker import likening
from harness.worker.likening import Likener, Trouble, compared
from tests.unit.likeness.test_alike import OTHER, PRICES, SHOP

PEOPLE = [{"person": one, "submission": one, "files": {"a.py": (SHOP + OTHER) * 60}} for one in range(60)]
MANY = {"handed_out": {}, "submitted": PEOPLE}  # takes longer than a test may


@pytest.fixture
def asked(app, sitting):
    """Three people hand in, two of them nearly the same; gives the assessment and the task."""
    owner = db.session.scalars(select(User)).one()
    texts = {"Ada": SHOP + PRICES, "Bo": SHOP.replace("basket", "cart") + OTHER, "Cy": OTHER}
    for name, text in texts.items():
        invitation, _ = inviting.invite(sitting.assessment.id, [Invitee(name)], owner.id)[0]
        attempt = attempts.begin(invitation.id)
        attempts.start_part(attempt.id, Part.TASKS)
        handing_in.hand_in(attempt.items[-1].id, "click", {"app.py": text.encode()})
    likenesses.ask(sitting.assessment.id, sitting.task.digest, owner.id)
    return sitting.assessment, sitting.task.digest


def test_a_comparison_is_made_in_a_process_of_its_own(app, asked):
    likener = Likener(app, threading.Event())
    assert likener.work_once()
    assert not likener.work_once()
    db.session.rollback()
    shown = likenesses.shown(*asked)
    assert shown.comparison.state is ComparisonState.DONE
    assert shown.comparison.people == 3
    names = [{one.item.attempt.invitation.name for one in (pair.one, pair.other)} for pair in shown.pairs]
    assert names == [{"Bo", "Cy"}, {"Ada", "Bo"}]
    assert shown.pairs[1].passages[0]["one"]["path"] == "app.py"


def test_a_comparison_may_take_longer_than_one_look_at_the_worker(app, asked, monkeypatch):
    monkeypatch.setattr(likening, "IDLE_SECONDS", 0.01)
    assert Likener(app, threading.Event()).work_once()
    db.session.rollback()
    assert likenesses.shown(*asked).comparison.state is ComparisonState.DONE


def test_what_takes_too_long_is_ended():
    with pytest.raises(Trouble, match="too long"):
        compared(MANY, threading.Event(), most_seconds=-1)


def test_the_worker_can_end_meanwhile():
    stopping = threading.Event()
    stopping.set()
    with pytest.raises(Trouble, match="asked to end"):
        compared(MANY, stopping)


def test_what_fails_is_tried_again_and_then_told(app, asked, monkeypatch):
    def broken(*args):
        raise Trouble("the machine is full")

    monkeypatch.setattr(likening, "compared", broken)
    likener = Likener(app, threading.Event())
    while likener.work_once():
        pass
    db.session.rollback()
    shown = likenesses.shown(*asked)
    assert (shown.comparison.state, shown.comparison.trouble) == (ComparisonState.FAILED, "the machine is full")
    assert db.session.scalars(select(AlikePair)).all() == []
