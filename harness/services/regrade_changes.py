"""What a regrade changes, would change or has changed: person by person, with each verdict, in a few queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from harness.domain.verdicts import Outcome
from harness.services import clocks, counting, decisions, regrades, results
from harness.services.pseudonyms import shown_name
from harness.store.base import db
from harness.store.models import Attempt, AttemptItem, AttemptKind, Invitation, Part, RegradeState, Result, Submission

if TYPE_CHECKING:
    from harness.services.results import Mark, Standing
    from harness.store.models import Assessment, Decision, Override, Regrade

STARTS = "the app starts"  # what is told beside checks, which all fail where it does not
RIGHT, WRONG = "right", "wrong"


@dataclass(frozen=True, slots=True)
class Turn:
    """A verdict or an answer that is another one after: its name, and both. None: there is no such check."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Pair:
    """A score before and after; None where it is not known."""

    before: float | None
    after: float | None

    @property
    def differs(self) -> bool:
        return self.before != self.after

    @property
    def step(self) -> float:
        """How far it moves; 0 where one of the two is not known."""
        return 0.0 if self.before is None or self.after is None else round(self.after - self.before, 1)


@dataclass(frozen=True, slots=True)
class Retried:
    """A submission of which a verdict or the score differs; ``counts`` before and after."""

    submission: Submission
    score: Pair
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """One person. ``passed`` is before and after, None for open."""

    attempt: Attempt
    name: str
    know: Pair
    do: Pair
    joint: Pair
    passed: tuple[bool | None, bool | None]
    questions: tuple[Turn, ...]
    submissions: tuple[Retried, ...]
    decision: Decision | None

    @property
    def scores(self) -> tuple[Pair, ...]:
        return self.know, self.do, self.joint

    @property
    def differs(self) -> bool:
        return bool(self.questions or self.submissions or any(one.differs for one in self.scores))

    @property
    def step(self) -> float:
        """The widest way that a score of theirs goes."""
        return max((one.step for one in self.scores), key=abs)


@dataclass(frozen=True, slots=True)
class Changes:
    """Who changes, the furthest first, of how many people; and each kind of turn with its number.

    ``open`` people have handed in something that is not judged in it: what becomes of them is not known. ``images`` are
    those on which the results before and after were made, with their numbers.
    """

    everyone: int
    open: int
    people: tuple[Changed, ...]
    checks: Mapping[Turn, int]
    answers: Mapping[Turn, int]
    images: tuple[Mapping[str, int], Mapping[str, int]]

    def count(self, fits: Callable[[Changed], bool]) -> int:
        return sum(map(fits, self.people))

    @property
    def better(self) -> int:
        return self.count(lambda one: one.step > 0)

    @property
    def worse(self) -> int:
        return self.count(lambda one: one.step < 0)

    @property
    def pass_now(self) -> int:
        return self.count(lambda one: one.passed == (False, True))

    @property
    def fail_now(self) -> int:
        return self.count(lambda one: one.passed == (True, False))

    @property
    def decided(self) -> int:
        """About so many of them something is decided already."""
        return self.count(lambda one: one.decision is not None)


def of(regrade: Regrade) -> Changes:
    """Compared with how things stood, or stand, without it."""
    assessment, views = regrade.assessment, (counting.without(regrade), counting.through(regrade))
    attempts = _attempts(assessment)
    before, after = (results.bare_standings(attempts, view) for view in views)
    whose = _whose(regrade)
    (old, said), (new, _) = (results.newest_and_said(regrades.submissions_of(regrade), view) for view in views)
    if (
        regrade.state is not RegradeState.APPLIED
    ):  # what it did not judge is not known, though an earlier result is there
        judged = regrades.judged(regrade)
        new = {number: one for number, one in new.items() if number in judged}
    retried = _retried(regrade, old, new, said)
    open_ones = {attempt for number, attempt in whose.items() if number not in new}
    decided = decisions.standing_of([one.invitation_id for one in attempts if one.invitation_id is not None])
    people = [
        _changed(assessment, one, before[one.id], after[one.id], retried.get(one.id, ()), decided)
        for one in attempts
        if one.id not in open_ones
    ]
    changed = sorted((one for one in people if one.differs), key=lambda one: (-abs(one.step), one.name.casefold()))
    return Changes(
        len(attempts),
        len(open_ones),
        tuple(changed),
        Counter(turn for one in changed for again in one.submissions for turn in again.turns),
        Counter(turn for one in changed for turn in one.questions),
        (Counter(one.image for one in old.values()), Counter(one.image for one in new.values())),
    )


def _whose(regrade: Regrade) -> Mapping[int, int]:
    """The attempt of each submission that it grades."""
    chosen = regrades.submissions_of(regrade).with_only_columns(Submission.id, AttemptItem.attempt_id)
    return dict(db.session.execute(chosen).all())


def _attempts(assessment: Assessment) -> Sequence[Attempt]:
    chosen = select(Attempt).join(Attempt.invitation)
    chosen = chosen.where(Attempt.assessment_id == assessment.id, Attempt.kind == AttemptKind.ASSESSMENT)
    chosen = chosen.where(Invitation.erased_at.is_(None)).order_by(Attempt.id)
    return db.session.scalars(chosen.options(contains_eager(Attempt.invitation))).all()


def _changed(
    assessment: Assessment,
    attempt: Attempt,
    before: Standing,
    after: Standing,
    retried: Sequence[Retried],
    decided: Mapping[int, Decision],
) -> Changed:
    joint = Pair(None, None)
    if assessment.know_share is not None:
        found = [one.joint(assessment.know_share) for one in (before, after)]
        joint = Pair(*(None if one is None else one[0] for one in found))
    return Changed(
        attempt,
        shown_name(attempt.invitation),
        Pair(before.know, after.know),
        Pair(before.do, after.do),
        joint,
        (_passed(assessment, attempt, before), _passed(assessment, attempt, after)),
        tuple(_questions(before.marks, after.marks)),
        tuple(retried),
        decided.get(attempt.invitation_id or 0),
    )


def _passed(assessment: Assessment, attempt: Attempt, standing: Standing) -> bool | None:
    """Whether every part reached the pass mark; None where there is none, or a score does not stand yet."""
    if assessment.pass_mark is None or attempt.finished_at is None:
        return None
    scores = [standing.know if part is Part.QUESTIONS else standing.do for part in clocks.offered(assessment)]
    if any(score is None for score in scores):
        return None
    return all(score is not None and score >= assessment.pass_mark for score in scores)


def _questions(before: Sequence[Mark], after: Sequence[Mark]) -> list[Turn]:
    """By their items' names: each person has them in an order of their own."""
    asked = [pair for pair in zip(before, after, strict=True) if pair[0].item.part is Part.QUESTIONS]
    return [
        Turn(f"question {old.item.frozen.item}", *(RIGHT if one.share else WRONG for one in (old, new)))
        for old, new in asked
        if old.share != new.share
    ]


def _retried(
    regrade: Regrade, old: Mapping[int, Result], new: Mapping[int, Result], said: Mapping[int, Mapping[str, Override]]
) -> Mapping[int, list[Retried]]:
    """By attempt, the submissions that come to something else; what came in when it was applied was never otherwise."""
    differing: dict[int, tuple[Pair, tuple[Turn, ...]]] = {}
    for number, result in new.items():
        words = said.get(number, {})
        pair = Pair(_score(old.get(number), words), _score(result, words))
        turns = tuple(_turns(old.get(number), result, words))
        if (turns or pair.differs) and (number in old or result.regrade_id == regrade.id):
            differing[number] = (pair, turns)
    found: dict[int, list[Retried]] = {}
    for one in _submissions(differing):
        found.setdefault(one.item.attempt_id, []).append(Retried(one, *differing[one.id]))
    return found


def _submissions(numbers: Mapping[int, object]) -> Sequence[Submission]:
    chosen = select(Submission).join(Submission.item).where(Submission.id.in_(numbers)).order_by(Submission.id)
    item = contains_eager(Submission.item)
    return db.session.scalars(
        chosen.options(item.joinedload(AttemptItem.frozen), item.selectinload(AttemptItem.submissions))
    ).all()


def _score(result: Result | None, words: Mapping[str, Override]) -> float | None:
    return None if result is None else results.scored(result, words)


def _turns(before: Result | None, after: Result, words: Mapping[str, Override]) -> list[Turn]:
    """What differs between two results; nothing where there was none before, since then no verdict is another one."""
    if before is None:
        return []
    old, new = _outcomes(before, words), _outcomes(after, words)
    names = dict.fromkeys([*old, *new])
    return [Turn(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)]


def _outcomes(result: Result, words: Mapping[str, Override]) -> dict[str, str]:
    """What each check came to, with what people decided; first of all whether the app started."""
    started = Outcome.PASSED if result.outcomes["started"] else Outcome.FAILED
    checks: Mapping[str, str] = result.outcomes["checks"]
    decided = {check: words[check].outcome.value for check in checks if check in words}
    return {STARTS: started.value, **checks, **decided}
