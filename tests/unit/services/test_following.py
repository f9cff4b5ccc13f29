"""How far people are: every stage, time that runs, scores as soon as they are known, in few queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import event, select

from harness.services import assessments, attempts, following, inviting, privacy, results
from harness.services.following import Stage, follow
from harness.services.inviting import Invitee
from harness.store.base import db
from harness.store.columns import now
from harness.store.models import Assessment, Part


@pytest.fixture
def backend(sitting) -> Assessment:
    return sitting.assessment


def nora(backend):
    db.session.expire_all()
    return next(one for one in follow(backend).rows if one.invitation.name == "Nora")


def test_every_stage_on_the_way(app, owner):
    backend = db.session.scalars(select(Assessment)).one()
    number = backend.invitations[0].id
    assert nora(backend).stage is Stage.INVITED
    attempts.opened(number)
    assert nora(backend).stage is Stage.OPENED
    attempt = attempts.begin(number)
    assert nora(backend).stage is Stage.OPENED
    attempts.start_part(attempt.id, Part.QUESTIONS)
    row = nora(backend)
    assert row.stage is Stage.WORKING
    questions, tasks = row.parts
    assert (questions.minutes_left, questions.over) == (backend.question_minutes, False)
    assert (tasks.started, tasks.minutes_left) == (False, None)
    attempts.end_part(attempt.id, Part.QUESTIONS)
    assert nora(backend).stage is Stage.BETWEEN
    inviting.revoke(number, owner.id)
    assert nora(backend).stage is Stage.WITHDRAWN
    inviting.new_link(number, owner.id)
    attempts.start_part(attempt.id, Part.TASKS)
    attempts.end_part(attempt.id, Part.TASKS)
    row = nora(backend)
    assert (row.stage, row.standing.know, row.standing.do) == (Stage.FINISHED, 0.0, 0.0)


def test_what_is_handed_in_is_graded_before_all_is_finished(sitting, backend):
    sitting.answer(True, True, True, False)
    sitting.hand_in()
    sitting.end()
    row = nora(backend)
    assert (row.stage, row.standing.know, row.standing.do) == (Stage.GRADING, 75.0, None)
    sitting.grade("one")
    row = nora(backend)
    assert row.stage is Stage.FINISHED
    assert row.standing.do == 75.0


def test_time_that_is_up_ends_a_part_before_anybody_looks_after_it(sitting, backend):
    with time_machine.travel(now() + timedelta(minutes=44, seconds=30), tick=False):
        assert [one.minutes_left for one in nora(backend).parts] == [1, 16]
    with time_machine.travel(now() + timedelta(minutes=61), tick=False):
        assert nora(backend).stage is Stage.GRADING
        attempts.end_overdue()
        assert nora(backend).stage is Stage.FINISHED


def test_people_are_found_by_stage_name_and_page(backend, owner):
    inviting.invite(backend.id, [Invitee(f"P{n}", f"p{n}@example.org") for n in range(60)], owner.id)
    whole = follow(backend)
    assert (len(whole.rows), whole.found, whole.total) == (following.PAGE, 61, 61)
    assert whole.counts == {Stage.INVITED: 60, Stage.WORKING: 1}
    assert len(follow(backend, after=50).rows) == 11
    assert [one.invitation.name for one in follow(backend, Stage.WORKING).rows] == ["Nora"]
    assert [one.invitation.name for one in follow(backend, text="P59@EXAMPLE").rows] == ["P59"]
    assert follow(backend, Stage.WORKING, "p59").rows == ()


def test_erased_people_are_not_listed(backend, owner):
    ((one, _),) = inviting.invite(backend.id, [Invitee("Ann")], owner.id)
    privacy.erase(one, owner.id)
    assert follow(backend).total == 1


def test_a_page_is_renewed_as_long_as_something_may_change(sitting, backend, owner):
    assert follow(backend).goes_on
    assessments.close(backend.id, owner.id)
    assert follow(backend).goes_on
    sitting.end()
    assert not follow(backend).goes_on


def test_more_people_do_not_mean_more_queries(sitting, backend, owner):
    sitting.answer(True, False, True, True)
    sitting.hand_in()
    sitting.end()
    sitting.grade("one")
    alone = results.standing(sitting.attempt)
    number, by, asked = backend.id, owner.id, []
    event.listen(db.engine, "before_cursor_execute", lambda *rest: asked.append(rest[2]))

    def queries() -> int:
        db.session.remove()
        asked.clear()
        rows = follow(db.session.get_one(Assessment, number)).rows
        assert (rows[0].standing.know, rows[0].standing.do) == (alone.know, alone.do) == (75.0, 75.0)
        assert all(one.standing.know == 0.0 for one in rows[1:])
        return len(asked)

    before = queries()
    for name in ("Ann", "Bob", "Cid"):
        ((one, _),) = inviting.invite(number, [Invitee(name)], by)
        attempt = attempts.begin(one.id)
        for part in Part:
            attempts.start_part(attempt.id, part)
            attempts.end_part(attempt.id, part)
    assert queries() <= before
