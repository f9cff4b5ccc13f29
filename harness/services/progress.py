"""How somebody's practice goes: what they answered when, by topic and by concept. Worked out from the answers alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from harness.domain.canonical import read_question
from harness.domain.content import Domain
from harness.domain.verdicts import Outcome
from harness.services import drawing
from harness.services.results import scores_of
from harness.services.shelf import POOLS
from harness.store.base import db
from harness.store.columns import now
from harness.store.models import (
    Answer,
    Attempt,
    AttemptItem,
    AttemptKind,
    FrozenItem,
    FrozenSecret,
    Override,
    StoredTopic,
    Submission,
    SubmissionKind,
)

if TYPE_CHECKING:
    from harness.domain.content import Concept

FEW = 5  # answers; of fewer, a share would say more than is known
LEAST_DAYS = 14  # that a picture of days has
DAY, WEEK, MONTH = 1, 7, 28  # days that one bar of a picture stands for
MOST_BARS = 28
_ITEM = joinedload(Submission.item)
_FROZEN = _ITEM.joinedload(AttemptItem.frozen).joinedload(FrozenItem.topic)
_keys: dict[str, frozenset[str]] = {}  # a question's right options, by digest: neither ever changes


@dataclass(frozen=True, slots=True)
class Answered:
    """One final answer to one question, as it counted."""

    item: str
    topic: str
    concepts: tuple[str, ...]
    at: datetime
    right: bool


@dataclass(frozen=True, slots=True)
class Course:
    """All answers about one thing, the oldest first; ``questions`` are those that practice offers about it now."""

    answers: tuple[Answered, ...]
    questions: frozenset[str]

    @property
    def right(self) -> int:
        return sum(one.right for one in self.answers)

    @property
    def share(self) -> float | None:
        """The right share in percent; None while there are few answers."""
        return 100 * self.right / len(self.answers) if len(self.answers) >= FEW else None

    @property
    def stand(self) -> Mapping[str, bool]:
        """Whether the last answer was right, for every question of now that was ever answered."""
        return {one.item: one.right for one in self.answers if one.item in self.questions}

    @property
    def known(self) -> int:
        """Questions whose last answer was right."""
        return sum(self.stand.values())

    @property
    def missed(self) -> int:
        return len(self.stand) - self.known

    @property
    def last(self) -> datetime | None:
        return self.answers[-1].at if self.answers else None


@dataclass(frozen=True, slots=True)
class Bar:
    """What was answered in the days from ``begins`` on."""

    begins: date
    right: int
    wrong: int


@dataclass(frozen=True, slots=True)
class ConceptCourse:
    id: str
    concept: Concept
    course: Course


@dataclass(frozen=True, slots=True)
class Score:
    """What one submission of a practised task came to; ``score`` is None while it is not known."""

    attempt: Attempt
    item: FrozenItem
    at: datetime
    score: float | None


def answered(user_id: int) -> list[Answered]:
    """Every final answer of the person's practice, the oldest first: all of learning, and of exams that have ended."""
    rows = db.session.execute(
        select(Answer.item_id, Answer.chosen, Answer.changed_at, FrozenItem)
        .select_from(Answer)
        .join(AttemptItem, AttemptItem.id == Answer.item_id)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .join(FrozenItem, FrozenItem.digest == AttemptItem.digest)
        .where(Attempt.user_id == user_id)
        .where((Attempt.kind == AttemptKind.LEARNING) | (Attempt.finished_at.is_not(None)))
        .order_by(Answer.changed_at, Answer.item_id)
    ).all()
    keys, words = _keys_of({frozen.digest for *_, frozen in rows}), _words(user_id)
    return [
        Answered(
            frozen.item,
            frozen.topic_slug,
            tuple(frozen.concepts),
            at,
            words.get(item, set(chosen) == keys[frozen.digest]),
        )
        for item, chosen, at, frozen in rows
        if chosen
    ]


def _keys_of(digests: set[str]) -> Mapping[str, frozenset[str]]:
    missing = digests - _keys.keys()
    for secret in db.session.scalars(select(FrozenSecret).where(FrozenSecret.digest.in_(missing))):
        question = read_question(secret.content.decode())
        _keys[secret.digest] = frozenset(option.id for option in question.right)
    return _keys


def _words(user_id: int) -> Mapping[int, bool]:
    """What people decided against the key, by item: the last word that stands."""
    chosen = (
        select(Override)
        .join(AttemptItem, AttemptItem.id == Override.item_id)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .where(Attempt.user_id == user_id, Override.withdrawn_at.is_(None))
        .order_by(Override.id)
    )
    return {one.item_id: one.outcome is Outcome.PASSED for one in db.session.scalars(chosen) if one.item_id}


def by_topic(answers: Iterable[Answered]) -> list[tuple[StoredTopic, Course]]:
    """Every topic that practice offers, by domain and in the bank's order, and how it goes."""
    given: dict[str, list[Answered]] = defaultdict(list)
    for one in answers:
        given[one.topic].append(one)
    questions: dict[str, set[str]] = defaultdict(set)
    for offer in drawing.offers(POOLS):
        questions[offer.topic].add(offer.id)
    topics = [topic for topic in db.session.scalars(select(StoredTopic)) if topic.slug in questions]
    topics.sort(key=lambda topic: (list(Domain).index(topic.domain), topic.order, topic.slug))
    return [(topic, Course(tuple(given[topic.slug]), frozenset(questions[topic.slug]))) for topic in topics]


def by_concept(topic: str, concepts: Mapping[str, Concept], answers: Iterable[Answered]) -> list[ConceptCourse]:
    """The concepts of a topic that practice has questions about, and how each goes."""
    answers = [one for one in answers if one.topic == topic]
    questions: dict[str, set[str]] = defaultdict(set)
    for offer in drawing.offers(POOLS, [topic]):
        for name in offer.concepts:
            questions[name].add(offer.id)
    return [
        ConceptCourse(
            name,
            concept,
            Course(tuple(one for one in answers if name in one.concepts), frozenset(questions[name])),
        )
        for name, concept in concepts.items()
        if name in questions
    ]


def bars(answers: Sequence[Answered], since: datetime | None = None) -> list[Bar]:
    """The answers by day, week or four weeks up to today, whichever leaves few enough bars; UTC's days.

    ``since`` is the moment with which the picture begins, where several are to have the same bars.
    """
    first = since or (answers[0].at if answers else now())
    today = now().astimezone(UTC).date()
    days = (today - first.astimezone(UTC).date()).days + 1
    width = DAY if days <= MOST_BARS else WEEK if days <= WEEK * MOST_BARS else MONTH
    count = max(LEAST_DAYS, days) if width == DAY else -(-days // width)
    begins = today - timedelta(days=count * width - 1)
    right, wrong = [0] * count, [0] * count
    for one in answers:
        place = (one.at.astimezone(UTC).date() - begins).days // width
        (right if one.right else wrong)[max(0, min(place, count - 1))] += 1
    return [Bar(begins + timedelta(days=width * place), right[place], wrong[place]) for place in range(count)]


def task_scores(user_id: int, topic: str | None = None, most: int = 10) -> list[Score]:
    """What the person's last submissions of practised tasks came to, the newest first."""
    chosen = (
        select(Submission)
        .join(AttemptItem, AttemptItem.id == Submission.item_id)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .join(FrozenItem, FrozenItem.digest == AttemptItem.digest)
        .where(Attempt.user_id == user_id, Submission.kind != SubmissionKind.PUBLIC_RUN)
        .order_by(Submission.id.desc())
        .limit(most)
    )
    if topic is not None:
        chosen = chosen.where(FrozenItem.topic_slug == topic)
    found = db.session.scalars(chosen.options(_ITEM.joinedload(AttemptItem.attempt), _FROZEN)).all()
    scores = scores_of([one.id for one in found])
    return [Score(one.item.attempt, one.item.frozen, one.received_at, scores.get(one.id)) for one in found]
