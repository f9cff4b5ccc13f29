"""When candidates get to read their grades: each when they have ended, or all at the same moment, in one deed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from harness.services.audit import note
from harness.services.errors import Refused, Why
from harness.store.base import writing
from harness.store.columns import now
from harness.store.models import Assessment, AssessmentState, Attempt, AttemptKind, GradeRules, ReportPolicy, Shown

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOT_PUBLISHED = "Your report comes when the grades are published: for everyone at the same moment."
STANDS = "People can read grades that are made so. Take the grades back first, and publish them again afterwards."


@dataclass(frozen=True, slots=True)
class Rules:
    """What can be set; see ``GradeRules``."""

    shown: Shown = Shown.AT_ONCE
    human_percent: int = 0


def rules_of(assessment: Assessment) -> Rules:
    """What is set, or what holds where nothing is."""
    found = assessment.grade_rules
    return Rules() if found is None else Rules(found.shown, found.human_percent)


def waits(assessment: Assessment) -> bool:
    """Whether its grades are shown when they are published, and are not."""
    found = assessment.grade_rules
    return found is not None and found.shown is Shown.WHEN_PUBLISHED and found.published_at is None


def readable(assessment: Assessment) -> bool:
    """Whether candidates can read a grade of it now, as soon as they have one."""
    return assessment.report_policy is not ReportPolicy.NONE and not waits(assessment)


def set_rules(assessment_id: int, rules: Rules, by: int) -> None:
    """Changes how grades are made and shown.

    How they are made does not change while somebody can read one that was made so. Raises Refused.
    """
    if not 0 <= rules.human_percent <= 100:
        raise Refused(Why.INVALID, "A weight is from 0 to 100 percent.")
    with writing() as session:
        found = session.get_one(Assessment, assessment_id)
        if rules.human_percent != rules_of(found).human_percent:
            need_changeable(session, found)
        row = _row(session, found)
        if row.published_at and rules.shown is not row.shown:
            raise Refused(
                Why.NOT_NOW, "The grades are published. Take them back before you change when they are shown."
            )
        for name in Rules.__slots__:
            setattr(row, name, getattr(rules, name))
        changed = {name: str(getattr(rules, name)) for name in Rules.__slots__}
        note(session, by, "grades.rules", found.title, ref=found.ref, **changed)


def need_changeable(session: Session, found: Assessment) -> None:
    """Raises Refused where somebody can read a grade, so that how it is made must not change under them."""
    if not readable(found):
        return
    chosen = select(func.count()).select_from(Attempt).where(Attempt.assessment_id == found.id)
    ended = chosen.where(Attempt.kind == AttemptKind.ASSESSMENT, Attempt.finished_at.is_not(None))
    if found.grade_rules and found.grade_rules.published_at:
        raise Refused(Why.NOT_NOW, STANDS)
    if session.scalar(ended):
        raise Refused(
            Why.NOT_NOW,
            "People have read their grades already. Have them shown when they are published first; that hides them.",
        )


def publish(assessment_id: int, by: int) -> None:
    """From now on everyone can read their grade, in this one deed. Raises Refused."""
    with writing() as session:
        found = session.get_one(Assessment, assessment_id)
        if found.state is AssessmentState.DRAFT:
            raise Refused(Why.NOT_NOW, "A draft has no grades.")
        row = _row(session, found)
        if row.shown is not Shown.WHEN_PUBLISHED:
            raise Refused(Why.NOT_NOW, "Grades of this assessment are shown at once; there is nothing to publish.")
        if row.published_at is None:
            row.published_at = now()
            note(session, by, "grades.publish", found.title, ref=found.ref)


def take_back(assessment_id: int, by: int) -> None:
    """Hides the grades again from everyone, as if they had not been published; who read one remembers it."""
    with writing() as session:
        found = session.get_one(Assessment, assessment_id)
        if found.grade_rules is not None and found.grade_rules.published_at is not None:
            found.grade_rules.published_at = None
            note(session, by, "grades.take-back", found.title, ref=found.ref)


def _row(session: Session, found: Assessment) -> GradeRules:
    if found.grade_rules is None:
        found.grade_rules = GradeRules()
        session.flush()
    return found.grade_rules


def copy(session: Session, known: Assessment, made: Assessment) -> None:
    """The same rules for a copy of the assessment, within the deed that makes it; nothing of it is published."""
    if known.grade_rules is not None:
        row = _row(session, made)
        for name in Rules.__slots__:
            setattr(row, name, getattr(known.grade_rules, name))
