"""The first page says what is worth doing next, for each role, and leads on where there is nothing."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from harness.services import assessments, practice
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import Assessment, Job, JobState, StoredCard, User


def text(world, person: str) -> str:
    page = world.client(person).get("/")
    assert page.status_code == 200
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text)))


def user(email: str) -> User:
    return db.session.scalars(select(User).where(User.email == email)).one()


@pytest.fixture
def here(world):
    with world.site.app_context():
        yield
        db.session.remove()


def test_an_interviewer_sees_their_assessments_and_what_waits(world):
    seen = text(world, "owner")
    assert "1 appeal waits for an answer." in seen
    assert "Backend published 5 items · 4 invited, 4 begun, 1 ended" in seen
    assert "Other" not in seen.split("Assessments", 2)[-1]
    assert "Graded so far" not in seen


def test_a_draft_is_to_be_finished_and_a_published_one_to_be_lent_out(world):
    assert "“Other” is a draft. Finish it" in text(world, "other interviewer")
    with world.site.app_context():
        found = db.session.scalars(select(Assessment).where(Assessment.title == "Other")).one()
        assessments.publish(found.id, found.owner_id)
    seen = text(world, "other interviewer")
    assert "Nobody is invited to “Other” yet. Invite people" in seen
    assert "is a draft" not in seen
    assert "Nobody is invited to" not in text(world, "administrator")


def test_who_has_none_is_led_to_the_first(world):
    with world.site.app_context(), writing() as session:
        session.delete(session.scalars(select(Assessment).where(Assessment.title == "Other")).one())
    assert "Begin the first one" in text(world, "other interviewer")


def test_a_grader_sees_what_waits_for_an_answer(world):
    seen = text(world, "grader")
    assert "1 appeal waits for an answer." in seen
    assert "1 question of somebody who practises waits for an answer." in seen
    assert "All of them" in seen
    assert "or a new one" not in seen


def test_an_administrator_sees_the_queue_and_whether_a_worker_is_there(world):
    seen = text(world, "administrator")
    assert re.search(r"Waiting 0 jobs In work 0 Graded so far \d+", seen)
    assert "no worker" not in seen
    with world.site.app_context(), writing() as session:
        first = session.scalars(select(Job.id)).first()
        hour = now() - timedelta(hours=1)
        session.execute(update(Job).values(finished_at=hour))
        session.execute(update(Job).where(Job.id == first).values(state=JobState.WAITING, enqueued_at=hour))
        session.execute(update(Job).where(Job.id == first + 1).values(state=JobState.FAILED))
    seen = text(world, "administrator")
    assert "waiting for 60 minutes: no worker seems to run" in seen
    assert "Waiting 1 job, the oldest for 36" in seen
    assert "Given up 1" in seen
    assert "no worker" not in text(world, "owner")
    with world.site.app_context(), writing() as session:
        session.execute(update(Job).where(Job.id == first + 2).values(finished_at=now()))
    assert "no worker" not in text(world, "administrator")  # it has more to do than it could in two minutes


def test_the_only_account_is_led_to_add_somebody(world):
    assert "only one with an account" not in text(world, "administrator")
    with world.site.app_context(), writing() as session:
        session.execute(update(User).where(User.email != "ada@example.org").values(erased_at=now()))
    assert "You are the only one with an account" in text(world, "administrator")


def test_somebody_who_practises_goes_on(world):
    seen = text(world, "practising")
    assert "You have begun to learn. Go on learning" in seen
    assert "Assessments" not in seen
    assert "Begin to practise" in text(world, "other practising")


def test_a_clock_that_runs_comes_first_and_what_is_due_is_counted(world, here):
    cora = user("cora@example.org").id
    item = practice.fitting(cora, practice.Wish())[0].id
    practice.begin_exam(cora, "junior", 5, 10, "exam")
    with writing() as session:
        session.add(StoredCard(user_id=cora, item=item, state="{}", due=now() - timedelta(days=1), missed=True))
        session.add(StoredCard(user_id=cora, item="gone/gone", state="{}", due=now() - timedelta(days=1), missed=True))
    db.session.remove()
    seen = text(world, "other practising")
    assert "Next The clock of your exam runs. Go on with the exam" in seen
    assert "1 question is due to be remembered." in seen
