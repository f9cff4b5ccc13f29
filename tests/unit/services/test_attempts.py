"""An invited person's way, as deeds: what may be done when, and what stands afterwards."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from harness.services import attempts, handing_in
from harness.services.errors import Refused, Why
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import (
    Attempt,
    AttemptItem,
    Event,
    Invitation,
    Job,
    JobKind,
    JobState,
    Part,
    Submission,
    SubmissionKind,
)
from tests.unit.platform_fixtures import QUESTIONS, TOKEN

FILES = {"app.py": "x = 1\n"}
BYTES = {"app.py": b"x = 1\n"}


@pytest.fixture
def attempt(app):
    return attempts.begin(attempts.find_invitation(TOKEN).id)


@pytest.fixture
def questions(attempt):
    attempts.start_part(attempt.id, Part.QUESTIONS)
    return [item for item in attempt.items if item.part is Part.QUESTIONS]


@pytest.fixture
def task(attempt):
    attempts.start_part(attempt.id, Part.TASKS)
    return next(item for item in attempt.items if item.part is Part.TASKS)


def refused(deed, *arguments) -> Why:
    with pytest.raises(Refused) as caught:
        deed(*arguments)
    return caught.value.why


def test_a_link_leads_to_one_attempt(app):
    invitation = attempts.find_invitation(TOKEN)
    first, second = attempts.begin(invitation.id), attempts.begin(invitation.id)
    assert first.id == second.id
    assert len(first.items) == QUESTIONS + 1
    assert all(len(item.shown) == 6 for item in first.items if item.part is Part.QUESTIONS)


def test_links_that_do_not_work_are_alike(app):
    with writing() as session:
        session.scalars(select(Invitation)).one().revoked_at = now()
    with pytest.raises(Refused) as withdrawn:
        attempts.find_invitation(TOKEN)
    with pytest.raises(Refused) as unknown:
        attempts.find_invitation("guess")
    assert (withdrawn.value.why, str(withdrawn.value)) == (unknown.value.why, str(unknown.value))


def test_an_assessment_can_be_started_in_its_window_only(app):
    invitation = attempts.find_invitation(TOKEN)
    with writing():
        invitation.assessment.opens_at = now() + timedelta(hours=1)
        invitation.assessment.closes_at = now() + timedelta(hours=2)
    assert refused(attempts.begin, invitation.id) is Why.NOT_NOW
    with time_machine.travel(now() + timedelta(minutes=61)):
        assert attempts.begin(invitation.id)
    with time_machine.travel(now() + timedelta(minutes=121)):
        assert refused(attempts.start_part, attempts.begin(invitation.id).id, Part.TASKS) is Why.NOT_NOW


def test_answers_are_kept_changed_and_flagged(questions):
    item = questions[0]
    attempts.answer(item.id, [item.shown[2]], False, 1)
    kept, stands = attempts.answer(item.id, [item.shown[4]], True, 2)
    assert kept
    assert (stands.chosen, stands.flagged) == ([item.shown[4]], True)


def test_an_overtaken_click_changes_nothing(questions):
    item = questions[0]
    attempts.answer(item.id, [item.shown[1]], False, 7)
    kept, stands = attempts.answer(item.id, [item.shown[0]], False, 6)
    assert not kept
    assert stands.chosen == [item.shown[1]]


@pytest.mark.parametrize("chosen", [["no-such-option"], "two"])
def test_what_the_question_does_not_offer_is_refused(questions, chosen):
    item = next(one for one in questions if b'"kind": "single"' in one.frozen.content)
    marked = item.shown[:2] if chosen == "two" else chosen
    assert refused(attempts.answer, item.id, marked, False, 1) is Why.INVALID
    assert item.answer is None


def test_after_the_deadline_nothing_is_taken_by_the_servers_clock(questions, attempt):
    item, minutes = questions[0], attempt.assessment.question_minutes
    attempts.answer(item.id, [item.shown[0]], False, 1)
    with time_machine.travel(now() + timedelta(minutes=minutes, seconds=1)):
        assert refused(attempts.answer, item.id, [item.shown[1]], False, 2) is Why.NOT_NOW
    assert item.answer.chosen == [item.shown[0]]


def test_extra_time_lengthens_every_clock(attempt):
    with writing():
        attempt.invitation.extra_percent = 50
    clock = attempts.start_part(attempt.id, Part.TASKS)
    assert clock.deadline - clock.started_at == timedelta(minutes=90)


def test_starting_again_moves_no_deadline(attempt):
    first = attempts.start_part(attempt.id, Part.QUESTIONS).deadline
    with time_machine.travel(now() + timedelta(minutes=5)):
        assert attempts.start_part(attempt.id, Part.QUESTIONS).deadline == first


def test_a_part_that_was_ended_stays_so(questions, attempt):
    attempts.end_part(attempt.id, Part.QUESTIONS)
    assert refused(attempts.answer, questions[0].id, [], False, 1) is Why.NOT_NOW
    assert refused(attempts.start_part, attempt.id, Part.QUESTIONS) is Why.NOT_NOW
    assert attempt.finished_at is None


def test_two_tabs_do_not_overwrite_each_other(task):
    assert handing_in.save_draft(task.id, FILES, 0) == 1
    assert refused(handing_in.save_draft, task.id, {"app.py": "y = 2\n"}, 0) is Why.CONFLICT
    assert [one.content for one in task.draft] == ["x = 1\n"]


def test_a_draft_loses_and_gains_files(task):
    handing_in.save_draft(task.id, {"app.py": "1", "old.py": "2"}, 0)
    handing_in.save_draft(task.id, {"app.py": "3", "new.py": "4"}, 1)
    assert {one.path: one.content for one in task.draft} == {"app.py": "3", "new.py": "4"}


def test_one_click_is_one_submission(task):
    first = handing_in.hand_in(task.id, "click", BYTES)
    second = handing_in.hand_in(task.id, "click", BYTES)
    assert first.id == second.id
    assert db.session.scalar(select(func.count()).select_from(Job)) == 1


def test_submissions_are_limited_and_public_runs_do_not_count(task):
    handing_in.run_public_tests(task.id, "run", BYTES)
    handing_in.hand_in(task.id, "one", BYTES)
    handing_in.hand_in(task.id, "two", {"app.py": b"x = 2\n"})
    assert refused(handing_in.hand_in, task.id, "three", {"app.py": b"x = 3\n"}) is Why.TOO_MANY


def test_one_public_run_at_a_time(task):
    handing_in.run_public_tests(task.id, "run", BYTES)
    assert refused(handing_in.run_public_tests, task.id, "again", BYTES) is Why.TOO_MANY
    with writing() as session:
        session.scalars(select(Job)).one().state = JobState.DONE
    assert handing_in.run_public_tests(task.id, "again", BYTES).number == 2


def test_at_the_end_of_the_time_the_draft_is_handed_in(task, attempt):
    handing_in.save_draft(task.id, FILES, 0)
    with time_machine.travel(now() + timedelta(minutes=61)):
        assert attempts.end_overdue() == 1
        assert attempts.end_overdue() == 0
    submission = db.session.scalars(select(Submission)).one()
    assert submission.kind is SubmissionKind.AT_THE_END
    assert db.session.scalars(select(Job)).one().kind is JobKind.GRADE


def test_a_draft_that_was_handed_in_as_it_stands_is_not_graded_twice(task, attempt):
    handing_in.save_draft(task.id, FILES, 0)
    handing_in.hand_in(task.id, "click", BYTES)
    attempts.end_part(attempt.id, Part.TASKS)
    assert db.session.scalar(select(func.count()).select_from(Submission)) == 1


def test_the_attempt_is_finished_when_all_its_parts_are(questions, task, attempt):
    attempts.end_part(attempt.id, Part.QUESTIONS)
    attempts.end_part(attempt.id, Part.TASKS)
    assert attempt.finished_at is not None


def test_racing_tabs_make_one_submission(app, task):
    ids: list[int] = []

    def click() -> None:
        with app.app_context():
            ids.append(handing_in.hand_in(item_id, "click", BYTES).id)

    item_id = task.id
    threads = [threading.Thread(target=click) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 8
    assert len(set(ids)) == 1


def test_racing_saves_lose_nothing(app, questions):
    targets = [(item.id, item.shown[place]) for place, item in enumerate(questions)]

    def save(item_id: int, option: str) -> None:
        with app.app_context():
            attempts.answer(item_id, [option], False, 1)

    threads = [threading.Thread(target=save, args=target) for target in targets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    stored = {item.id: item.answer.chosen for item in db.session.scalars(select(AttemptItem)) if item.answer}
    assert stored == {item_id: [option] for item_id, option in targets}


def test_the_timeline_has_every_step(questions, task, attempt):
    attempts.answer(questions[0].id, [questions[0].shown[0]], False, 1)
    handing_in.save_draft(task.id, FILES, 0)
    handing_in.hand_in(task.id, "click", BYTES)
    kinds = [event.kind.value for event in db.session.scalars(select(Event).order_by(Event.id))]
    assert kinds == ["started", "started", "answered", "saved", "submitted"]
    assert db.session.scalars(select(Attempt)).one().id == attempt.id
