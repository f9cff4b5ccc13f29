"""A task step by step, as those see it who run the assessment."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from harness.services import handing_in
from harness.store.base import db
from harness.store.models import Attempt, Invitation, Part


@pytest.fixture
def replay(world):
    """The address of Nora's first task, and what writes a next version of hers."""

    def find() -> str:
        attempt = db.session.scalars(select(Attempt).join(Invitation).where(Invitation.name == "Nora")).one()
        return f"/assessments/{attempt.assessment.ref}/attempts/{attempt.ref}/replay/1"

    return world.find(find)


def write(world, text: str) -> None:
    def deed() -> None:
        attempt = db.session.scalars(select(Attempt).join(Invitation).where(Invitation.name == "Nora")).one()
        item = next(one for one in attempt.items if one.part is Part.TASKS)
        handing_in.hand_in(item.id, text[:40], {"app.py": text.encode()})

    world.find(deed)


def test_each_step_shows_what_changed_since_the_one_before(world, replay):
    write(world, "# by Nora\nSECOND = 2\n")
    ines = world.client("owner")
    first = ines.get(replay).text
    count = int(re.search(r"Step 1 of (\d+)", first)[1])
    assert count >= 3
    last = ines.get(f"{replay}?step={count}").text
    assert "SECOND = 2" in last
    assert "handed in" in last
    assert 'data-key="n"' not in last
    assert 'data-key="p"' in last


@pytest.mark.parametrize("step", ["0", "-4", "999", "x"])
def test_a_step_that_is_not_there_gives_one_that_is(world, replay, step):
    assert world.client("owner").get(f"{replay}?step={step}").status_code == 200


def test_a_task_that_is_not_there_is_not_found(world, replay):
    assert world.client("owner").get(replay.removesuffix("1") + "9").status_code == 404


def test_text_of_a_submission_acts_nowhere(world, replay):
    write(world, "x = '<script>alert(1)</script>'\n")
    page = world.client("owner").get(f"{replay}?step=99").text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
