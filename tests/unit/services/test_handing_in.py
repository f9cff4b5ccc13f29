"""Drafts and submissions: what counts at the end, what is the same again, and how much of the queue is one person's."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from harness.domain.packs import unpack
from harness.services import accounts, attempts, handing_in, practice, shelf, tasks
from harness.services.errors import Refused, Why
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import Blob, Counts, Event, EventKind, Job, JobState, Part, Role, SubmissionKind
from harness.worker import queue
from tests.unit.platform_fixtures import TOKEN

ONE, TWO = {"app.py": b"x = 1\n"}, {"app.py": b"x = 2\n"}


@pytest.fixture
def attempt(app):
    attempt = attempts.begin(attempts.find_invitation(TOKEN).id)
    attempts.start_part(attempt.id, Part.TASKS)
    return attempt


@pytest.fixture
def task(attempt):
    return next(item for item in attempt.items if item.part is Part.TASKS)


@pytest.fixture
def practised(app):
    """Tasks that an account practises on."""
    user = accounts.add_user("paul@example.org", "Paul", Role.CANDIDATE)
    names = [one.item for one in shelf.offered_tasks()[:2]]
    return [practice.begin_task(user.id, name, name).items[0] for name in names]


def text(files):
    return {path: data.decode() for path, data in files.items()}


def at_the_end(task):
    """What the end of the time adds to what was handed in."""
    before = len(task.submissions)
    attempts.end_part(task.attempt.id, Part.TASKS)
    return [(one.kind, unpack(one.blob.content)) for one in task.submissions[before:]]


def let_the_last_count(attempt):
    with writing():
        attempt.assessment.counts = Counts.LAST


def refused(deed, *arguments):
    with pytest.raises(Refused) as caught:
        deed(*arguments)
    return caught.value.why


def finish_all():
    while held := queue.claim("test"):
        queue.complete(held, [])


def test_nothing_saved_is_nothing_handed_in(task):
    assert not handing_in.draft_counts(task)
    assert at_the_end(task) == []


def test_a_starter_that_was_saved_as_it_stands_is_not_handed_in(task):
    """Somebody only ran the public tests."""
    handing_in.save_draft(task.id, dict(tasks.view(task.frozen).files), 0)
    assert at_the_end(task) == []


def test_a_draft_is_handed_in_at_the_end(task):
    handing_in.save_draft(task.id, text(ONE), 0)
    assert handing_in.draft_counts(task)
    assert at_the_end(task) == [(SubmissionKind.AT_THE_END, ONE)]


def test_a_draft_of_what_was_handed_in_earlier_is_not_graded_again_where_the_best_counts(task):
    handing_in.save_draft(task.id, text(ONE), 0)
    handing_in.hand_in(task.id, "1", ONE)
    handing_in.hand_in(task.id, "2", TWO)
    assert at_the_end(task) == []


def test_where_the_last_counts_a_draft_that_went_back_is_the_last(attempt, task):
    let_the_last_count(attempt)
    handing_in.hand_in(task.id, "1", ONE)
    handing_in.hand_in(task.id, "2", TWO)
    with time_machine.travel(now() + timedelta(minutes=1)):
        handing_in.save_draft(task.id, text(ONE), 0)
        assert at_the_end(task) == [(SubmissionKind.AT_THE_END, ONE)]


def test_where_the_last_counts_an_old_draft_does_not_overtake_an_upload(attempt, task):
    let_the_last_count(attempt)
    handing_in.save_draft(task.id, text(ONE), 0)
    with time_machine.travel(now() + timedelta(minutes=1)):
        handing_in.hand_in(task.id, "upload", TWO)
        assert at_the_end(task) == []


def test_where_the_best_counts_an_old_draft_is_one_more(task):
    handing_in.save_draft(task.id, text(ONE), 0)
    with time_machine.travel(now() + timedelta(minutes=1)):
        handing_in.hand_in(task.id, "upload", TWO)
        assert at_the_end(task) == [(SubmissionKind.AT_THE_END, ONE)]


def test_the_very_files_again_use_up_no_submission(task):
    first = handing_in.hand_in(task.id, "1", ONE)
    assert handing_in.hand_in(task.id, "2", ONE).id == first.id
    handing_in.hand_in(task.id, "3", TWO)
    assert refused(handing_in.hand_in, task.id, "4", ONE) is Why.TOO_MANY, "back to the first is another one"


def test_after_a_fault_of_ours_the_same_files_may_come_again(task):
    first = handing_in.hand_in(task.id, "1", ONE)
    for _ in range(queue.MOST_TRIES):
        queue.give_back(queue.claim("w"), "the engine went away")
    assert handing_in.hand_in(task.id, "2", ONE).id != first.id


def test_saving_what_stands_writes_nothing_and_is_no_conflict(task):
    assert handing_in.save_draft(task.id, text(ONE), 0) == 1
    saved = task.draft_at
    assert handing_in.save_draft(task.id, text(ONE), 0) == 1
    assert task.draft_at == saved
    assert refused(handing_in.save_draft, task.id, text(TWO), 0) is Why.CONFLICT


def test_what_is_replaced_on_purpose_is_kept_in_the_timeline(task):
    for version, code in enumerate(("a", "b", "c")):
        handing_in.save_draft(task.id, {"app.py": code}, version, keep_old=code == "c")
    events = db.session.scalars(select(Event).where(Event.kind == EventKind.SAVED).order_by(Event.id)).all()
    kept = [unpack(db.session.get_one(Blob, one.data["blob"]).content)["app.py"] for one in events]
    assert kept == [b"a", b"b", b"c"], "without the asking, two saves within half a minute are one"


def test_one_person_has_one_run_and_one_practised_submission_in_the_queue(practised):
    first, second = practised
    handing_in.run_public_tests(first.id, "a", ONE)
    assert refused(handing_in.run_public_tests, second.id, "b", ONE) is Why.TOO_MANY
    handing_in.hand_in(first.id, "a2", ONE)
    assert refused(handing_in.hand_in, second.id, "b2", ONE) is Why.TOO_MANY
    finish_all()
    handing_in.run_public_tests(second.id, "b", ONE)
    handing_in.hand_in(second.id, "b2", ONE)


def test_nobody_fills_the_queue_for_an_hour(practised, monkeypatch):
    monkeypatch.setattr(handing_in, "PER_HOUR", 3)
    first, second = practised
    for number in range(3):
        handing_in.hand_in((first, second)[number % 2].id, str(number), {"app.py": str(number).encode()})
        finish_all()
    assert refused(handing_in.hand_in, first.id, "more", ONE) is Why.TOO_MANY
    with time_machine.travel(now() + timedelta(minutes=61)):
        handing_in.hand_in(first.id, "later", ONE)


def test_somebody_else_is_not_held_up(attempt, task, practised):
    handing_in.run_public_tests(practised[0].id, "a", ONE)
    handing_in.run_public_tests(task.id, "b", ONE)
    states = db.session.scalars(select(Job.state)).all()
    assert states == [JobState.WAITING, JobState.WAITING]


def test_every_public_task_can_be_edited_as_text(app):
    """A draft begins as the starter, so it must be one."""
    for frozen in shelf.offered_tasks():
        files = tasks.view(frozen).files
        handing_in.checked(files)
        assert tasks.to_run(frozen, handing_in.encoded(files)) == tasks.kit_of(frozen)
