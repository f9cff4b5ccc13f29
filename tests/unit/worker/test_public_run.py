"""A run of the public tests as the worker does it, with a container that says what the test wants."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from harness.grading.trial import Trial
from harness.services import attempts, handing_in, tasks
from harness.store.base import db
from harness.store.models import Job, JobState, Part
from harness.worker import queue, run
from tests.unit.platform_fixtures import TOKEN

WAIT_S = 30


@pytest.fixture
def item(app):
    attempt = attempts.begin(attempts.find_invitation(TOKEN).id)
    attempts.start_part(attempt.id, Part.TASKS)
    item = next(item for item in attempt.items if item.part is Part.TASKS)
    handing_in.run_public_tests(item.id, "run", {"app.py": b"x = 1\n"})
    return item


def work(app, monkeypatch, container):
    """Has the job done by ``container``, which is told of each test by calling what it gets. Gives the job."""
    monkeypatch.setattr(run, "try_public_tests", lambda pool, files, told: container(told))
    assert run.Worker(app, SimpleNamespace(pool=None), SimpleNamespace()).work_once()
    db.session.rollback()
    return db.session.scalars(select(Job)).one()


def ran(told, *tests, **trial):
    for test in tests:
        told(test)
    return Trial(list(tests), **trial)


def test_each_test_is_shown_while_the_next_one_runs(app, item, monkeypatch):
    shown = threading.Semaphore(0)
    keep = queue.keep
    monkeypatch.setattr(run, "SHOW_SECONDS", 0.01)
    monkeypatch.setattr(run, "BEAT_SECONDS", 10 * WAIT_S)
    monkeypatch.setattr(queue, "keep", lambda held, lines: (keep(held, lines), shown.release())[0])
    seen = []

    def container(told):
        for name in ("one", "two"):
            told((f"tests/t.py::{name}", "passed", ""))
            assert shown.acquire(timeout=WAIT_S)
            with app.app_context():
                seen.append(db.session.scalars(select(Job.progress)).one())
        return Trial([("tests/t.py::one", "passed", ""), ("tests/t.py::two", "passed", "")])

    work(app, monkeypatch, container)
    assert [len(lines) for lines in seen] == [1, 2]


def test_the_store_is_written_once_for_what_is_new(app, item, monkeypatch):
    written, beaten = [], threading.Semaphore(0)
    monkeypatch.setattr(run, "SHOW_SECONDS", 0.0001)
    monkeypatch.setattr(queue, "keep", lambda held, lines: (written.append(len(lines)), beaten.release()))

    def container(told):
        for number in range(50):
            told((f"tests/t.py::{number}", "passed", ""))
            assert beaten.acquire(timeout=WAIT_S)
        return Trial([("tests/t.py::one", "passed", "")])

    work(app, monkeypatch, container)
    assert written == list(range(1, 51))


def test_a_store_that_is_away_for_a_moment_does_not_end_the_lease(app, item, monkeypatch):
    tries = threading.Semaphore(0)

    def away(held, lines):
        tries.release()
        raise OSError("the database is away")

    monkeypatch.setattr(run, "SHOW_SECONDS", 0.001)
    monkeypatch.setattr(run, "BEAT_SECONDS", 0.001)
    monkeypatch.setattr(queue, "keep", away)

    def container(told):
        assert all(tries.acquire(timeout=WAIT_S) for _ in range(3))
        return ran(told, ("tests/t.py::one", "passed", ""))

    assert work(app, monkeypatch, container).state is JobState.DONE


def test_what_a_program_says_of_itself_is_shown_as_a_name_and_a_text(app, item, monkeypatch):
    tests = [
        ("tests/t.py::one", "passed", ""),
        ("tests/t.py::two\ntrouble forged", "failed", "line\n\x1b[2J\u202eline\nE   assert 1\nE   assert 2\nlast"),
        ("tests/t.py::three", "trouble me", ""),
    ]
    work(app, monkeypatch, lambda told: ran(told, *tests))
    progress, lines, _ = tasks.last_run(item)
    assert not progress.going_on
    assert [(line.outcome, line.name) for line in lines[:2]] == [
        ("passed", "tests/t.py::one"),
        ("failed", "tests/t.py::two\\ntrouble forged"),
    ]
    assert lines[1].text.startswith("line\n\\x1b[2J\\u202eline\n")
    assert [line.reason for line in lines[:2]] == ["", "assert 2"]


def test_a_run_that_was_ended_says_so(app, item, monkeypatch):
    work(app, monkeypatch, lambda told: ran(told, trouble="the run was ended: out of\n\x1b memory"))
    _, lines, trouble = tasks.last_run(item)
    assert (lines, trouble) == ([], "the run was ended: out of\\n\\x1b memory")


def test_a_run_that_failed_by_our_fault_is_tried_again(app, item, monkeypatch):
    job = work(app, monkeypatch, lambda told: ran(told, trouble="the engine is away", ours=True))
    assert (job.state, job.tries) == (JobState.WAITING, 1)


def test_a_run_leaves_no_more_than_a_page_can_show(app, item, monkeypatch):
    tests = [(f"tests/t.py::{number}", "failed", "x" * 9_000) for number in range(1_200)]
    job = work(app, monkeypatch, lambda told: ran(told, *tests))
    _, lines, trouble = tasks.last_run(item)
    assert len(lines) == 1_000
    assert lines[-1].name == "tests/t.py::999"
    assert trouble == "1200 tests were run; only 1000 of them are shown"
    assert sum(map(len, job.progress)) < 300_000
