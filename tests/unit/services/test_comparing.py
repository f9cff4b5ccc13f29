"""A cohort side by side: scores with margins, places that are ranges, and orders."""

from __future__ import annotations

import pytest
from sqlalchemy import event, select

from harness.services import attempts, comparing, decisions, inviting, results
from harness.services.comparing import Measure
from harness.services.inviting import Invitee
from harness.store.base import db, writing
from harness.store.models import Assessment, AssessmentItem, FrozenItem, ItemKind, Part, User

QUESTIONS = 40


@pytest.fixture
def cohort(app):
    """An assessment of forty questions; gives what invites people who answer so many of them rightly and end."""
    owner = db.session.scalars(select(User)).one()
    with writing() as session:
        found = session.scalars(select(Assessment)).one()
        found.items.clear()
        session.flush()
        chosen = select(FrozenItem).where(FrozenItem.kind == ItemKind.QUESTION, FrozenItem.current).limit(QUESTIONS)
        for position, item in enumerate(session.scalars(chosen)):
            found.items.append(AssessmentItem(position=position, frozen=item))

    def take_part(**right: int) -> Assessment:
        people = [Invitee(name) for name in right]
        for (invitation, _), number in zip(inviting.invite(found.id, people, owner.id), right.values(), strict=True):
            attempt = attempts.begin(invitation.id)
            attempts.start_part(attempt.id, Part.QUESTIONS)
            for item in attempt.items[:number]:
                attempts.answer(item.id, [one.id for one in results.key_of(item).right], False, 1)
            attempts.end_part(attempt.id, Part.QUESTIONS)
        return found

    return take_part


def test_places_are_ranges_where_margins_overlap(cohort):
    found = comparing.compare(cohort(Ada=38, Bo=36, Cy=8))
    ada, bo, cy, nora = found.people
    assert [one.name for one in found.people] == ["Ada", "Bo", "Cy", "Nora"]
    places = [(one.scores[Measure.KNOW].rank.best, one.scores[Measure.KNOW].rank.worst) for one in (ada, bo, cy)]
    assert places == [(1, 2), (1, 2), (3, 3)]
    assert ada.scores[Measure.KNOW].value == 95.0
    assert (nora.scores, nora.state) == ({}, "not started")
    assert found.measures == (Measure.KNOW,)
    assert ada.scores[Measure.KNOW].percentile is None


def test_the_distribution_counts_everyone_once(cohort):
    found = comparing.compare(cohort(Ada=40, Bo=38, Cy=8, Di=0))
    assert found.distribution(Measure.KNOW) == [1, 0, 1, 0, 0, 0, 0, 0, 0, 2]


def test_the_order_is_what_was_asked_for(cohort):
    assessment = cohort(Cy=8, Ada=38)
    owner = db.session.scalars(select(User)).one()
    cy = next(one.invitation for one in comparing.compare(assessment).people if one.name == "Cy")
    decisions.decide(cy.id, "decline", "Too many gaps in the basics.", owner.id)
    for order, names in {
        "know": ["Ada", "Cy", "Nora"],
        "name": ["Ada", "Cy", "Nora"],
        "decision": ["Cy", "Ada", "Nora"],
        "nonsense": ["Ada", "Cy", "Nora"],
    }.items():
        assert [one.name for one in comparing.compare(assessment, order).people] == names


def test_when_everybody_worked(cohort):
    ada, bo, nora = comparing.compare(cohort(Ada=38, Bo=36), "ended").people
    assert [one.name for one in (ada, bo, nora)] == ["Ada", "Bo", "Nora"]
    assert ada.started_at <= ada.ended_at <= bo.ended_at
    assert (nora.started_at, nora.ended_at) == (None, None)


def test_a_joint_score_is_there_only_where_it_is_asked_for(ended):
    assert comparing.compare(ended.assessment).measures == (Measure.KNOW, Measure.DO)
    ended.set(know_share=40)
    found = comparing.compare(ended.assessment)
    joint = next(one for one in found.people if one.scores).scores[Measure.JOINT]
    assert joint.value == pytest.approx(0.4 * 75 + 0.6 * 50)
    assert joint.margin.low < joint.value < joint.margin.high


def test_the_number_of_queries_does_not_grow_with_the_cohort(cohort):
    counts = []
    assessment = cohort(Ada=38, Bo=36)

    def count() -> int:
        db.session.expire_all()
        seen: list[str] = []

        def note(connection, cursor, statement, *rest):
            seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        comparing.compare(assessment)
        event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    counts = [count()]
    cohort(**{f"Person {number}": number for number in range(12)})
    counts.append(count())
    assert counts[0] == counts[1]
