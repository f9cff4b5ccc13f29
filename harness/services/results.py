"""What an attempt comes to: questions by the frozen key, tasks by the submission that counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload, selectinload, undefer

from harness.bank.attempt import is_correct
from harness.domain.canonical import read_question
from harness.domain.content import Pool
from harness.domain.margins import Margin, margin
from harness.domain.records import from_json
from harness.domain.scores import points_by_concept, result_score
from harness.domain.verdicts import Outcome
from harness.services import counting, overrides
from harness.services.counting import NOW, View
from harness.store.base import db
from harness.store.models import (
    UNFINISHED,
    Answer,
    AttemptItem,
    Counts,
    FrozenItem,
    FrozenSecret,
    Job,
    JobKind,
    Part,
    Result,
    Submission,
    SubmissionKind,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from harness.domain.content import Question
    from harness.services.overrides import Some
    from harness.store.models import Attempt, Override


FULL = 100.0


@dataclass(frozen=True, slots=True)
class Mark:
    """One item's outcome. ``share`` is from 0 to 1; None where it is not known yet, or the fault was ours.

    A question's has its ``key`` and what was decided against it; a task's the ``result`` that counts.
    """

    item: AttemptItem
    share: float | None
    answered: bool
    key: Question | None = None
    override: Override | None = None
    result: Result | None = None
    pending: bool = False
    parts: tuple[tuple[float, float], ...] = ()

    @property
    def pieces(self) -> tuple[tuple[float, float], ...]:
        """What its share is made of, as shares and weights: a task's concepts, since checks of one fail together."""
        whole = sum(weight for _, weight in self.parts)
        if not whole:
            return ((self.share or 0.0, self.item.weight),)
        return tuple((share, self.item.weight * weight / whole) for share, weight in self.parts)


@dataclass(frozen=True, slots=True)
class Standing:
    """An attempt's marks, and what they come to by part, in percent; None while a mark is not known."""

    marks: tuple[Mark, ...]
    know: float | None
    do: float | None

    @property
    def know_margin(self) -> Margin | None:
        """How far ``know`` may be off; None where it is not known."""
        return None if self.know is None else _margin(self.marks, Part.QUESTIONS)

    @property
    def do_margin(self) -> Margin | None:
        """The same for ``do``."""
        return None if self.do is None else _margin(self.marks, Part.TASKS)

    def joint(self, know_share: int) -> Measured | None:
        """Both in one, of which ``know_share`` percent are what is known; None while one of them is not."""
        if self.know is None or self.do is None:
            return None
        shares = {Part.QUESTIONS: know_share / FULL, Part.TASKS: 1 - know_share / FULL}
        pieces = []
        for part, share in shares.items():
            own = [piece for mark in self.marks if mark.item.part is part for piece in mark.pieces]
            whole = sum(weight for _, weight in own)
            pieces += [(value, share * weight / whole) for value, weight in own]
        value = round(self.know * shares[Part.QUESTIONS] + self.do * shares[Part.TASKS], 1)
        found = margin(pieces)
        return None if found is None else (value, found)


def _margin(marks: Iterable[Mark], part: Part) -> Margin | None:
    return margin(piece for mark in marks if mark.item.part is part for piece in mark.pieces)


def key_of(item: AttemptItem) -> Question:
    """The question as it was published, with its key."""
    return keys_of([item.digest])[item.digest]


def keys_of(digests: Iterable[str]) -> dict[str, Question]:
    """The same by digest, for many at once."""
    chosen = select(FrozenSecret.digest, FrozenSecret.content).where(FrozenSecret.digest.in_(set(digests)))
    return {digest: read_question(content.decode()) for digest, content in db.session.execute(chosen)}


def rekeyed(asked: Question, holds: Question) -> Question:
    """A question in the words in which it was asked, with the key and the explanations of another version of it.

    Where one of the two is of the exam pool, so is what comes of them: its key is told to nobody who takes it.
    """
    keys = {option.id: option for option in holds.options}
    options = (
        replace(one, correct=keys[one.id].correct, why=keys[one.id].why, misconception=keys[one.id].misconception)
        for one in asked.options
    )
    return replace(
        asked,
        revision=holds.revision,
        pool=Pool.EXAM if Pool.EXAM in (asked.pool, holds.pool) else Pool.PRACTICE,
        concepts=holds.concepts,
        references=holds.references,
        explanation=holds.explanation,
        options=tuple(options),
    )


def standing(attempt: Attempt) -> Standing:
    """What the attempt comes to now."""
    return standings([attempt])[attempt.id]


def standings(attempts: Sequence[Attempt]) -> dict[int, Standing]:
    """What each of these attempts comes to now, by its id: in a few queries, whatever their number."""
    return _standings(attempts, _items_of(attempts), NOW)


Measured = tuple[float, Margin]  # a score in percent, and how far it may be off


@dataclass(frozen=True, slots=True)
class Figures:
    """What an attempt comes to, without its marks; None where it is not known. ``pending``: it waits to be graded.

    ``joint`` weighs the two others, where that is asked for.
    """

    know: Measured | None
    do: Measured | None
    joint: Measured | None
    pending: bool


def figures(attempts: Sequence[Attempt], know_share: int | None = None) -> dict[int, Figures]:
    """The same for hundreds of attempts, whose items are not made into rows of the store."""
    return {number: _figures(one, know_share) for number, one in bare_standings(attempts).items()}


def _figures(standing: Standing, know_share: int | None) -> Figures:
    know = None if standing.know is None else (standing.know, standing.know_margin)
    do = None if standing.do is None else (standing.do, standing.do_margin)
    return Figures(
        cast("Measured | None", know),
        cast("Measured | None", do),
        standing.joint(know_share) if know_share else None,
        any(mark.pending for mark in standing.marks),
    )


def bare_standings(attempts: Sequence[Attempt], view: View = NOW, part: Part | None = None) -> dict[int, Standing]:
    """What hundreds of attempts come to; an item of their marks is no row, but a ``BareItem``.

    ``view`` says which regrades are looked at as applied; with ``part`` it is that part alone.
    """
    bare = cast("list[AttemptItem]", _bare_items_of(attempts, part))  # as much of them as marks look at
    return _standings(attempts, bare, view)


def _standings(attempts: Sequence[Attempt], items: Sequence[AttemptItem], view: View) -> dict[int, Standing]:
    known = _Known.about(attempts, items, view)
    marks: dict[int, list[Mark]] = {attempt.id: [] for attempt in attempts}
    for item in items:
        marks[item.attempt_id].append(_question(item, known) if item.part is Part.QUESTIONS else _task(item, known))
    return {
        number: Standing(
            tuple(found),
            percent(mark for mark in found if mark.item.part is Part.QUESTIONS),
            percent(mark for mark in found if mark.item.part is Part.TASKS),
        )
        for number, found in marks.items()
    }


@dataclass(frozen=True, slots=True)
class _Known:
    """All that marks are made of, looked up at once.

    ``versions`` are the items that regrades have put in place of others, by assessment and digest; ``results`` are
    those that count, ``unfinished`` submissions.
    """

    keys: Mapping[str, Question]
    versions: Mapping[tuple[int, str], str]
    words: Mapping[int, Override]
    results: Mapping[int, Result]
    said: Mapping[int, Mapping[str, Override]]
    unfinished: Collection[int]

    @classmethod
    def about(cls, attempts: Sequence[Attempt], items: Sequence[AttemptItem], view: View) -> _Known:
        ids = [attempt.id for attempt in attempts]
        submissions = select(Submission.id).join(AttemptItem).where(AttemptItem.attempt_id.in_(ids))
        versions = counting.versions({one.assessment_id for one in attempts if one.assessment_id}, view)
        asked = {item.digest for item in items if item.part is Part.QUESTIONS}
        return cls(
            keys_of(asked | {new for (_, digest), new in versions.items() if digest in asked}),
            versions,
            overrides.of_items(select(AttemptItem.id).where(AttemptItem.attempt_id.in_(ids))),
            *newest_and_said(submissions, view),
            unfinished_of(submissions),
        )

    def key(self, item: AttemptItem) -> Question:
        """The question as this person was asked it, with the key that holds."""
        asked, holds = item.digest, self.versions.get((item.attempt.assessment_id or 0, item.digest), item.digest)
        return self.keys[asked] if holds == asked else rekeyed(self.keys[asked], self.keys[holds])

    def score(self, result: Result) -> float | None:
        """With what people decided since; None where the fault was ours."""
        return scored(result, self.said.get(result.submission_id, {}))

    def parts(self, result: Result | None, item: AttemptItem) -> tuple[tuple[float, float], ...]:
        """Of each concept the share of its points, and how many it has; nothing where nothing was handed in."""
        if result is None:
            return tuple((0.0, 1.0) for _ in item.frozen.concepts)
        words = self.said.get(result.submission_id, {})
        points = points_by_concept(overrides.apply(from_json(result.content), words)) if words else result.points
        return tuple((earned / possible, possible) for earned, possible in points.values())


def _items_of(attempts: Sequence[Attempt]) -> Sequence[AttemptItem]:
    """Their items, with all that is about to be looked at."""
    return db.session.scalars(
        select(AttemptItem)
        .where(AttemptItem.attempt_id.in_([attempt.id for attempt in attempts]))
        .order_by(AttemptItem.attempt_id, AttemptItem.position)
        .options(
            joinedload(AttemptItem.frozen).joinedload(FrozenItem.topic),
            selectinload(AttemptItem.answer),
            selectinload(AttemptItem.submissions),
        )
    ).all()


@dataclass(frozen=True, slots=True)
class _Chosen:
    chosen: list[str]


@dataclass(frozen=True, slots=True)
class _HandedIn:
    id: int
    kind: SubmissionKind


@dataclass(frozen=True, slots=True)
class BareItem:
    """As much of an attempt's item as its mark hangs on."""

    id: int
    attempt_id: int
    part: Part
    digest: str
    weight: int
    attempt: Attempt
    frozen: FrozenItem
    answer: _Chosen
    submissions: tuple[_HandedIn, ...]


def _bare_items_of(attempts: Sequence[Attempt], part: Part | None) -> list[BareItem]:
    by_id = {attempt.id: attempt for attempt in attempts}
    mine = and_(AttemptItem.attempt_id.in_(by_id), AttemptItem.part.in_(Part if part is None else [part]))
    handed_in: dict[int, list[_HandedIn]] = {}
    chosen = select(Submission.item_id, Submission.id, Submission.kind).join(AttemptItem).where(mine)
    for item, number, kind in db.session.execute(chosen.order_by(Submission.number)):
        handed_in.setdefault(item, []).append(_HandedIn(number, kind))
    digests = select(AttemptItem.digest).where(mine)
    frozen = {one.digest: one for one in db.session.scalars(select(FrozenItem).where(FrozenItem.digest.in_(digests)))}
    columns = (AttemptItem.id, AttemptItem.attempt_id, AttemptItem.part, AttemptItem.digest, AttemptItem.weight)
    rows = select(*columns, Answer.chosen).outerjoin(Answer).where(mine)
    return [
        BareItem(
            number,
            attempt,
            part,
            digest,
            weight,
            by_id[attempt],
            frozen[digest],
            _Chosen(marked or []),
            tuple(handed_in.get(number, ())),
        )
        for number, attempt, part, digest, weight, marked in db.session.execute(
            rows.order_by(AttemptItem.attempt_id, AttemptItem.position)
        )
    ]


def percent(marks: Iterable[Mark]) -> float | None:
    """The weighted mean of the shares, in percent with one decimal; None where one is unknown, or there are none."""
    total = earned = 0.0
    for mark in marks:
        if mark.share is None:
            return None
        total += mark.item.weight
        earned += mark.item.weight * mark.share
    return round(FULL * earned / total, 1) if total else None


def _question(item: AttemptItem, known: _Known) -> Mark:
    chosen = item.answer.chosen if item.answer else []
    key, word = known.key(item), known.words.get(item.id)
    right = is_correct(key, chosen) if word is None else word.outcome is Outcome.PASSED
    return Mark(item, float(right), bool(chosen), key, word)


def _task(item: AttemptItem, known: _Known) -> Mark:
    counting = [one for one in item.submissions if one.kind is not SubmissionKind.PUBLIC_RUN]
    if not counting:
        return Mark(item, 0.0, answered=False, parts=known.parts(None, item))
    if item.attempt.assessment is not None and item.attempt.assessment.counts is Counts.LAST:
        counting = counting[-1:]
    found = [known.results[one.id] for one in counting if one.id in known.results]
    scores = {result: score for result in found if (score := known.score(result)) is not None}
    best = max(scores, key=lambda result: scores[result], default=None)
    if len(scores) == len(counting) or (best is not None and scores[best] == FULL):
        share = scores[best] / FULL if best else 0.0
        return Mark(item, share, answered=True, result=best, parts=known.parts(best, item))
    return Mark(item, None, answered=True, pending=any(one.id in known.unfinished for one in counting))


def is_right(item: AttemptItem) -> bool:
    """Whether an answer is right by the key that holds, whatever people decided."""
    key = keys_of([counting.version(item)]).popitem()[1]
    return is_correct(key, item.answer.chosen if item.answer else [])


def unfinished_of(submissions: Some) -> Collection[int]:
    """Those of which a grading waits or runs."""
    waiting = select(Job.submission_id).where(
        Job.submission_id.in_(submissions), Job.kind == JobKind.GRADE, Job.state.in_(UNFINISHED)
    )
    return set(db.session.scalars(waiting))


def newest_result(submission_id: int) -> Result | None:
    """The result of the last grading of a submission; earlier ones are kept beside it."""
    return counting.newest([submission_id]).get(submission_id)


def unfinished(submission_id: int) -> bool:
    """Whether a grading of it waits or runs."""
    return bool(unfinished_of([submission_id]))


def score_of(result: Result) -> float | None:
    """A result's score with what people decided since; None where the fault was ours."""
    return scored(result, overrides.of_submission(result.submission_id))


def scores_of(submissions: Collection[int]) -> dict[int, float | None]:
    """The same of the newest results of these submissions, by the submission's number; without those that have none."""
    found, said = newest_and_said(submissions, NOW)
    return {number: scored(one, said.get(number, {})) for number, one in found.items()}


def newest_and_said(submissions: Some, view: View) -> tuple[Mapping[int, Result], Mapping[int, Mapping[str, Override]]]:
    """The results that count and what people decided since, by submission; where they did, the whole is read."""
    found, said = counting.newest(submissions, view), overrides.of_submissions(submissions)
    if decided := [found[number].id for number in said if number in found]:
        whole = select(Result).where(Result.id.in_(decided)).options(undefer(Result.content))
        db.session.scalars(whole, execution_options={"populate_existing": True}).all()
    return found, said


def scored(result: Result, words: Mapping[str, Override]) -> float | None:
    """The same, where ``words`` are what people decided."""
    return result_score(overrides.apply(from_json(result.content), words)).value if words else result.score
