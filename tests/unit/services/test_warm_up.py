"""People try the pages before the clock runs; nothing of it counts, is offered, or is reported."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from harness.domain.content import Pool
from harness.services import attempts, drawing, handing_in, reporting, results
from harness.services.errors import Refused
from harness.store.base import db
from harness.store.models import AttemptKind, FrozenItem, Part
from harness.worker.catalogue import take_in_warm_up
from tests.unit.platform_fixtures import TOKEN


@pytest.fixture
def invitation(app):
    take_in_warm_up()
    return attempts.find_invitation(TOKEN).id


def test_it_has_a_question_and_a_task_without_a_clock(invitation):
    made = attempts.warm_up(invitation)
    assert [item.part for item in made.items] == list(Part)
    assert [part.deadline for part in made.parts] == [None, None]
    kept, _ = attempts.answer(made.items[0].id, made.items[0].shown[:1], True, 1)
    assert kept
    assert handing_in.hand_in(made.items[1].id, "click", {"hello.py": b"x = 1\n"}).ordinal == 1
    assert attempts.warm_up(invitation).id == made.id


def test_the_assessment_itself_is_not_begun_by_it(invitation):
    made = attempts.warm_up(invitation)
    assert attempts.attempt_of(invitation) is None
    real = attempts.begin(invitation)
    assert real.kind is AttemptKind.ASSESSMENT
    assert real.id != made.id
    assert len(results.standing(real).marks) == len(real.assessment.items)
    with pytest.raises(Refused):
        reporting.for_candidate(made)


def test_it_is_offered_nowhere_and_taken_in_once(invitation):
    take_in_warm_up()
    items = db.session.scalars(select(FrozenItem).where(FrozenItem.topic_slug == "warm-up")).all()
    assert len(items) == 2
    assert not any(item.current for item in items)
    assert all(not one.id.startswith("warm-up/") for one in drawing.offers(list(Pool)))
    assert all(not one.item.startswith("warm-up/") for one in drawing.tasks())


def test_without_its_content_it_says_so(app):
    assert db.session.scalar(select(func.count()).where(FrozenItem.topic_slug == "warm-up")) == 0
    with pytest.raises(Refused, match="no warm-up"):
        attempts.warm_up(attempts.find_invitation(TOKEN).id)
