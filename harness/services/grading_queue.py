"""The submissions that graders look through: chosen by filters, a page at a time, and the way from one to the next.

Those of assessments alone: what people practise with is theirs. However many there are, the number of queries is the
same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, not_, or_, select
from sqlalchemy.orm import joinedload

from harness.services import counting, overrides, pseudonyms, results, rubrics
from harness.services.assessments import readable_by
from harness.store.base import db
from harness.store.models import (
    UNFINISHED,
    Appeal,
    AppealState,
    Assessment,
    Attempt,
    AttemptItem,
    AttemptKind,
    Award,
    Comment,
    Criterion,
    FrozenItem,
    Invitation,
    ItemKind,
    Job,
    JobKind,
    JobState,
    Override,
    Part,
    Result,
    Submission,
    SubmissionKind,
    User,
)

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select

    from harness.services.rubrics import Sheet

PAGE = 50


class Stand(StrEnum):
    """Where a submission stands."""

    UNGRADED = "ungraded"
    GRADED = "graded"
    FAULT = "fault"  # of ours, so that there is no score


class Having(StrEnum):
    """What a submission has that a grader may look for."""

    APPEAL = "appeal"  # that is open
    COMMENT = "comment"
    DRAFT = "draft"  # a comment that is not published
    DECISION = "decision"
    POINTS = "points"  # of its rubric, that are still to be given; of those that count


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which submissions, and in which order. Empty means all; ``counting`` needs an assessment."""

    assessment: str = ""  # ref
    task: str = ""  # topic/slug
    state: Stand | Having | None = None
    low: float | None = None
    high: float | None = None
    name: str = ""
    counting: bool = False
    oldest: bool = False

    @property
    def narrow(self) -> bool:
        """Whether anything is left out."""
        return replace(self, oldest=False) != Wanted()


@dataclass(frozen=True, slots=True)
class Row:
    """A submission in the queue. ``score`` is None without a result and for a fault of ours."""

    submission: Submission
    stand: Stand
    score: float | None
    going_on: bool
    counts: bool
    changed_by: tuple[str, ...]
    appeals: int  # open ones
    comments: int
    drafts: int  # comments that are not published
    sheet: Sheet | None  # what was given by the rubric, where its task has one

    @property
    def attempt(self) -> Attempt:
        return self.submission.item.attempt


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the queue; ``found`` is the number of all that fit."""

    rows: tuple[Row, ...]
    found: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What the queue can be narrowed to: assessments as refs and titles, tasks as names and titles."""

    assessments: tuple[tuple[str, str], ...]
    tasks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Around:
    """A submission's place in the queue, counted from 1; None where it does not fit the filters any more."""

    place: int | None
    found: int
    before: Submission | None
    after: Submission | None


def page(user: User, wanted: Wanted, after: int = 0, most: int = PAGE) -> Page:
    """The submissions that this person may read and that are wanted, without the first ones."""
    ids = _wanted(user, wanted)
    found = db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0
    order = Submission.id if wanted.oldest else Submission.id.desc()
    chosen = ids.order_by(order).offset(after).limit(most)
    return Page(_rows(db.session.scalars(chosen).all()), found)


def around(user: User, wanted: Wanted, submission: Submission) -> Around:
    """What comes before and after a submission in the queue, also where it does not fit any more itself."""
    ids = _wanted(user, wanted)
    older, newer = Submission.id < submission.id, Submission.id > submission.id
    down = db.session.scalar(ids.where(older).order_by(Submission.id.desc()).limit(1))
    up = db.session.scalar(ids.where(newer).order_by(Submission.id).limit(1))
    found = ids.subquery()
    passed = found.c.id <= submission.id if wanted.oldest else found.c.id >= submission.id
    counts = select(
        func.count(),
        func.count().filter(passed),
        func.count().filter(found.c.id == submission.id),
    ).select_from(found)
    total, place, there = db.session.execute(counts).one()
    before, after = (down, up) if wanted.oldest else (up, down)
    return Around(
        place if there else None,
        total,
        db.session.get(Submission, before) if before else None,
        db.session.get(Submission, after) if after else None,
    )


def choices(user: User, wanted: Wanted) -> Choices:
    """What this person may narrow the queue to: all assessments with submissions, and the tasks of the chosen one."""
    everything = _all(user).with_only_columns(Assessment.ref, Assessment.title).distinct()
    tasks = _all(user).join(FrozenItem, FrozenItem.digest == AttemptItem.digest)
    if wanted.assessment:
        tasks = tasks.where(Assessment.ref == wanted.assessment)
    named = tasks.with_only_columns(FrozenItem.item, func.max(FrozenItem.title)).group_by(FrozenItem.item)
    return Choices(
        tuple((ref, title) for ref, title in db.session.execute(everything.order_by(Assessment.title))),
        tuple((item, title) for item, title in db.session.execute(named.order_by(func.max(FrozenItem.title)))),
    )


def _all(user: User) -> Select[int]:
    """The ids of all submissions for assessments that this person may read."""
    return (
        select(Submission.id)
        .join(AttemptItem, AttemptItem.id == Submission.item_id)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .join(Assessment, Assessment.id == Attempt.assessment_id)
        .where(Attempt.kind == AttemptKind.ASSESSMENT, Submission.kind != SubmissionKind.PUBLIC_RUN, readable_by(user))
    )


def _wanted(user: User, wanted: Wanted) -> Select[int]:
    chosen = _all(user)
    if wanted.assessment:
        chosen = chosen.where(Assessment.ref == wanted.assessment)
    if wanted.task:
        chosen = chosen.join(FrozenItem, FrozenItem.digest == AttemptItem.digest)
        chosen = chosen.where(FrozenItem.kind == ItemKind.TASK, FrozenItem.item == wanted.task)
    if wanted.name:
        named = select(Invitation.id).where(pseudonyms.has_in_name(wanted.name))
        chosen = chosen.where(Attempt.invitation_id.in_(named))
    if wanted.counting and wanted.assessment:
        chosen = chosen.where(Submission.id.in_(_counting(_attempts_at(Assessment.ref == wanted.assessment))))
    if wanted.state is Having.POINTS:
        rubric = Assessment.id.in_(select(Criterion.assessment_id))
        chosen = chosen.where(Submission.id.in_(_counting(_attempts_at(rubric & readable_by(user)))), _points_open())
    elif isinstance(wanted.state, Having):
        chosen = chosen.where(_has(wanted.state))
    elif wanted.state or wanted.low is not None or wanted.high is not None:
        chosen = _by_score(chosen, wanted)
    return chosen


def _counting(attempts: Sequence[Attempt]) -> Collection[int]:
    """The submissions that count for their tasks."""
    standings = results.bare_standings(attempts, part=Part.TASKS).values()
    return [mark.result.submission_id for one in standings for mark in one.marks if mark.result is not None]


def _attempts_at(which: ColumnElement[bool]) -> Sequence[Attempt]:
    chosen = select(Attempt).join(Assessment).where(which, Attempt.kind == AttemptKind.ASSESSMENT)
    return db.session.scalars(chosen.options(joinedload(Attempt.assessment))).all()


def _points_open() -> ColumnElement[bool]:
    """Whether something of the rubric of the submission's task is not given yet."""
    task = select(FrozenItem.item).where(FrozenItem.digest == AttemptItem.digest)
    given = select(Award.points).where(Award.criterion_id == Criterion.id, Award.submission_id == Submission.id)
    asked = select(Criterion.id).where(
        Criterion.assessment_id == Assessment.id,
        Criterion.task == task.correlate(AttemptItem).scalar_subquery(),
        not_(given.correlate(Criterion, Submission).exists()),
    )
    return asked.correlate(Assessment, AttemptItem, Submission).exists()


def _has(state: Having) -> ColumnElement[bool]:
    comment = select(Comment.id).where(Comment.submission_id == Submission.id)
    return {
        Having.APPEAL: select(Appeal.id).where(Appeal.submission_id == Submission.id, Appeal.state == AppealState.OPEN),
        Having.COMMENT: comment,
        Having.DRAFT: comment.where(Comment.published_at.is_(None)),
        Having.DECISION: select(Override.id).where(
            Override.submission_id == Submission.id, Override.withdrawn_at.is_(None)
        ),
    }[state].exists()


def _by_score(chosen: Select[int], wanted: Wanted) -> Select[int]:
    """Those with a score as it is wanted: by the store where the result's counts, worked out where people decided."""
    decided = chosen.where(_has(Having.DECISION))
    scores = results.scores_of(db.session.scalars(decided).all())
    fitting = [number for number, score in scores.items() if _fits(score, wanted)]
    graded = chosen.outerjoin(Result, Result.id == counting.newest_of(Submission.id))
    conditions: list[ColumnElement[bool]] = [not_(Submission.id.in_(list(scores)))]
    if wanted.state is Stand.UNGRADED:
        conditions.append(and_(Result.id.is_(None), not_(_given_up())))
    elif wanted.state is Stand.FAULT:
        conditions.append(
            or_(and_(Result.id.is_not(None), Result.score.is_(None)), and_(Result.id.is_(None), _given_up()))
        )
    else:
        conditions.append(Result.score.is_not(None))
    if wanted.low is not None:
        conditions.append(Result.score >= wanted.low)
    if wanted.high is not None:
        conditions.append(Result.score <= wanted.high)
    return graded.where(or_(Submission.id.in_(fitting), and_(*conditions)))


def _fits(score: float | None, wanted: Wanted) -> bool:
    """Whether a graded submission of this score is wanted."""
    if score is None:
        return wanted.state is Stand.FAULT and wanted.low is None and wanted.high is None
    low, high = wanted.low, wanted.high
    inside = (low is None or score >= low) and (high is None or score <= high)
    return wanted.state in (None, Stand.GRADED) and inside


def _given_up() -> ColumnElement[bool]:
    """Whether the worker met a fault of ours at every try, and waits for nothing."""
    of_it = select(Job.id).where(Job.submission_id == Submission.id, Job.kind == JobKind.GRADE)
    failed = of_it.where(Job.state == JobState.FAILED).exists()
    return and_(failed, not_(of_it.where(Job.state.in_(UNFINISHED)).exists()))


@dataclass(slots=True)
class _Known:
    """What rows are made of, looked up at once for all of them."""

    scores: Mapping[int, float | None]
    counting: Collection[int]
    said: Mapping[int, Mapping[str, Override]]
    unfinished: Collection[int]
    failed: Collection[int]
    appeals: Mapping[int, int]
    sheets: Mapping[int, Sheet]
    comments: Counter[int] = field(default_factory=Counter)
    drafts: Counter[int] = field(default_factory=Counter)


def _rows(ids: Sequence[int]) -> tuple[Row, ...]:
    found = _submissions(ids)
    known = _about(ids, found)
    return tuple(_row(found[number], known) for number in ids)


def _submissions(ids: Sequence[int]) -> Mapping[int, Submission]:
    item = joinedload(Submission.item)
    loaded = (
        item.joinedload(AttemptItem.frozen),
        item.selectinload(AttemptItem.submissions),
        item.joinedload(AttemptItem.attempt).joinedload(Attempt.assessment).joinedload(Assessment.grade_rules),
        item.joinedload(AttemptItem.attempt).joinedload(Attempt.invitation),
    )
    chosen = select(Submission).where(Submission.id.in_(ids)).options(*loaded)
    return {one.id: one for one in db.session.scalars(chosen)}


def _about(ids: Sequence[int], found: Mapping[int, Submission]) -> _Known:
    attempts = {one.item.attempt_id: one.item.attempt for one in found.values()}
    states = select(Job.submission_id, Job.state).where(Job.submission_id.in_(ids), Job.kind == JobKind.GRADE)
    jobs = db.session.execute(states).all()
    opened = (
        select(Appeal.submission_id, func.count())
        .where(Appeal.submission_id.in_(ids), Appeal.state == AppealState.OPEN)
        .group_by(Appeal.submission_id)
    )
    known = _Known(
        results.scores_of(ids),
        _counting(list(attempts.values())),
        overrides.of_submissions(ids),
        {number for number, state in jobs if state in UNFINISHED},
        {number for number, state in jobs if state is JobState.FAILED},
        {number: count for number, count in db.session.execute(opened) if number is not None},
        rubrics.sheets(_criteria(found)),
    )
    written = select(Comment.submission_id, Comment.published_at).where(Comment.submission_id.in_(ids))
    for number, published_at in db.session.execute(written):
        known.comments[number] += 1
        known.drafts[number] += published_at is None
    return known


def _criteria(found: Mapping[int, Submission]) -> Mapping[int, Sequence[Criterion]]:
    """The rubric of each submission's task."""
    assessments = {one.item.attempt.assessment_id for one in found.values()}
    chosen = select(Criterion).where(Criterion.assessment_id.in_(assessments)).order_by(Criterion.position)
    made: dict[tuple[int | None, str], list[Criterion]] = {}
    for one in db.session.scalars(chosen):
        made.setdefault((one.assessment_id, one.task), []).append(one)
    return {
        number: made.get((one.item.attempt.assessment_id, one.item.frozen.item), []) for number, one in found.items()
    }


def _row(submission: Submission, known: _Known) -> Row:
    number = submission.id
    score = known.scores.get(number)
    going_on = number in known.unfinished
    given_up = number not in known.scores and number in known.failed and not going_on
    fault = given_up or (number in known.scores and score is None)
    said = known.said.get(number, {}).values()
    return Row(
        submission,
        Stand.FAULT if fault else Stand.GRADED if score is not None else Stand.UNGRADED,
        score,
        going_on,
        number in known.counting,
        tuple(dict.fromkeys(one.by.name for one in said)),
        known.appeals.get(number, 0),
        known.comments[number],
        known.drafts[number],
        known.sheets.get(number),
    )
