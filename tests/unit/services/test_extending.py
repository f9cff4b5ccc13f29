"""One person gets more time: on clocks to come, on the one that runs, and to start at all. Nobody else does."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from harness.services import assessments, attempts, extending, following, inviting, privacy, timeline
from harness.services.errors import Refused, Why
from harness.services.following import Stage
from harness.services.inviting import Invitee
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import Assessment, AuditEntry, Invitation, Part


@pytest.fixture
def backend(app) -> Assessment:
    return db.session.scalars(select(Assessment)).one()


@pytest.fixture
def nora(backend) -> Invitation:
    return backend.invitations[0]


@pytest.fixture
def otto(backend, owner) -> Invitation:
    return inviting.invite(backend.id, [Invitee("Otto")], owner.id)[0][0]


def logged(action: str) -> AuditEntry:
    return db.session.scalars(select(AuditEntry).where(AuditEntry.action == action)).one()


def test_percent_holds_for_parts_that_have_not_started(nora, owner):
    attempt = attempts.begin(nora.id)
    attempts.start_part(attempt.id, Part.QUESTIONS)
    extending.set_extra_time(nora.id, 50, owner.id)
    tasks = attempts.start_part(attempt.id, Part.TASKS)
    minutes = {one.part: (one.deadline - one.started_at).total_seconds() / 60 for one in attempt.parts}
    assert minutes[Part.QUESTIONS] == nora.assessment.question_minutes
    assert minutes[tasks.part] == nora.assessment.task_minutes * 1.5
    with pytest.raises(Refused, match="Every part has started"):
        extending.set_extra_time(nora.id, 100, owner.id)
    for wrong in (-1, 401):
        with pytest.raises(Refused, match="0 to 400"):
            extending.set_extra_time(nora.id, wrong, owner.id)


def test_minutes_move_a_clock_that_runs_and_no_other(sitting, otto, owner):
    theirs = attempts.begin(otto.id)
    before = attempts.start_part(theirs.id, Part.QUESTIONS).deadline
    mine = {one.part: one.deadline for one in sitting.attempt.parts}
    until = extending.add_minutes(sitting.attempt.invitation_id, Part.QUESTIONS, 15, owner.id)
    assert until == mine[Part.QUESTIONS] + timedelta(minutes=15)
    assert {one.part: one.deadline for one in sitting.attempt.parts} == mine | {Part.QUESTIONS: until}
    assert theirs.parts[0].deadline == before

    with time_machine.travel(mine[Part.QUESTIONS] + timedelta(minutes=1), tick=False):
        attempts.end_overdue()
        sitting.answer(True)
        assert sitting.questions[0].answer.chosen
    with time_machine.travel(until, tick=False), pytest.raises(Refused, match="is over"):
        sitting.answer(False)

    entry = logged("invitation.add-minutes")
    assert (entry.actor_id, entry.details["part"], entry.details["minutes"]) == (owner.id, "questions", 15)
    assert entry.details["until"] == until.isoformat()
    told = [one.text for one in timeline.moments(sitting.attempt, timeline.events_of(sitting.attempt))]
    assert "was given 15 more minutes for the questions" in told


def test_a_clock_that_does_not_run_is_not_moved(sitting, otto, owner):
    number = sitting.attempt.invitation_id
    for minutes in (0, -5, 24 * 60 + 1):
        with pytest.raises(Refused, match="Add 1 to"):
            extending.add_minutes(number, Part.TASKS, minutes, owner.id)
    attempts.end_part(sitting.attempt.id, Part.QUESTIONS)
    with pytest.raises(Refused, match="is over"):
        extending.add_minutes(number, Part.QUESTIONS, 5, owner.id)
    with time_machine.travel(now() + timedelta(days=1), tick=False), pytest.raises(Refused, match="is over"):
        extending.add_minutes(number, Part.TASKS, 5, owner.id)
    with pytest.raises(Refused, match="Nothing has been started"):
        extending.add_minutes(otto.id, Part.TASKS, 5, owner.id)
    attempts.begin(otto.id)
    with pytest.raises(Refused, match="not been started"):
        extending.add_minutes(otto.id, Part.TASKS, 5, owner.id)


def test_who_has_an_own_end_starts_after_everybody_else(backend, nora, otto, owner):
    with writing():
        backend.closes_at = now() + timedelta(hours=1)
    extending.set_own_end(nora.id, now() + timedelta(hours=5), owner.id)
    assert logged("invitation.own-end").details["invitation"] == nora.ref
    with time_machine.travel(now() + timedelta(hours=2), tick=False):
        with pytest.raises(Refused, match="any more") as refused:
            attempts.begin(otto.id)
        assert refused.value.why is Why.NOT_NOW
        attempts.start_part(attempts.begin(nora.id).id, Part.QUESTIONS)
    with time_machine.travel(now() + timedelta(hours=6), tick=False), pytest.raises(Refused, match="any more"):
        attempts.start_part(attempts.attempt_of(nora.id).id, Part.TASKS)


def test_an_own_end_is_later_than_everybodys_and_ends_with_the_assessment(backend, nora, owner):
    later = now() + timedelta(hours=5)
    with pytest.raises(Refused, match="nothing would change"):
        extending.set_own_end(nora.id, later, owner.id)
    with writing():
        backend.closes_at = later
    for wrong, said in ((later, "nothing would change"), (now(), "has passed")):
        with pytest.raises(Refused, match=said):
            extending.set_own_end(nora.id, wrong, owner.id)
    extending.set_own_end(nora.id, later + timedelta(hours=1), owner.id)
    assessments.close(backend.id, owner.id)
    with pytest.raises(Refused, match="any more"):
        attempts.begin(nora.id)
    extending.set_own_end(nora.id, None, owner.id)
    assert nora.closes_at is None


def test_an_end_that_everybody_gets_later_holds_for_who_had_one_of_their_own(backend, nora, owner):
    with writing():
        backend.closes_at = now() + timedelta(hours=1)
    extending.set_own_end(nora.id, now() + timedelta(hours=2), owner.id)
    assessments.extend(backend.id, now() + timedelta(hours=9), owner.id)
    with time_machine.travel(now() + timedelta(hours=3), tick=False):
        attempts.begin(nora.id)


def test_who_did_not_start_in_time_is_overdue(backend, nora, otto, owner):
    attempt = attempts.begin(otto.id)
    attempts.start_part(attempt.id, Part.QUESTIONS)
    attempts.end_part(attempt.id, Part.QUESTIONS)
    with writing():
        backend.closes_at = now() + timedelta(hours=1)

    def stages() -> dict[str, Stage]:
        db.session.expire_all()
        return {one.invitation.name: one.stage for one in following.follow(backend).rows}

    assert stages() == {"Nora": Stage.INVITED, "Otto": Stage.BETWEEN}
    with time_machine.travel(now() + timedelta(hours=2), tick=False):
        assert stages() == {"Nora": Stage.OVERDUE, "Otto": Stage.OVERDUE}
        extending.set_own_end(nora.id, now() + timedelta(hours=1), owner.id)
        assert stages()["Nora"] is Stage.INVITED
    assessments.close(backend.id, owner.id)
    assert stages()["Nora"] is Stage.OVERDUE


def test_who_may_still_start_is_not_erased_as_old(backend, nora, owner):
    with writing():
        backend.closes_at = now() + timedelta(days=1)
    extending.set_own_end(nora.id, now() + timedelta(days=60), owner.id)
    with time_machine.travel(now() + timedelta(days=50), tick=False):
        assert privacy.erase_old(timedelta(days=30)) == 0


def test_who_was_erased_gets_no_time(nora, owner):
    number = nora.id
    privacy.erase(nora, owner.id)
    for deed in (
        lambda: extending.set_extra_time(number, 5, owner.id),
        lambda: extending.add_minutes(number, Part.TASKS, 5, owner.id),
        lambda: extending.set_own_end(number, None, owner.id),
    ):
        with pytest.raises(Refused, match="no such invitation"):
            deed()
