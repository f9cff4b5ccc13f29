"""How much there is of everything, per topic and in the whole bank, and how much there must be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from harness.content.checks.evidence import decided
from harness.content.diagnostics import Diagnostic, error
from harness.content.manifest import relative
from harness.content.public import QuestionKind
from harness.domain.content import Level, Pool, Question, Status

if TYPE_CHECKING:
    from harness.content.library import Library
    from harness.domain.content import Topic

TOPICS = 27
QUESTIONS = 567  # in the whole bank
PER_TOPIC = 21
PER_LEVEL = 7  # in a topic
EXAM_SHARE = 0.20  # of a topic's questions
MULTI_SHARE = 0.10  # of the bank, at most
CODE_SHARE = 0.50  # of the bank's stems show code
RIGHT_PROVEN = 0.85  # of the questions have evidence for their right option
WRONG_PROVEN = 0.70  # of the wrong options have evidence


@dataclass(frozen=True)
class Counts:
    """What a set of questions amounts to."""

    questions: Sequence[Question]

    @property
    def total(self) -> int:
        return len(self.questions)

    @cached_property
    def levels(self) -> Counter[Level]:
        return Counter(question.level for question in self.questions)

    @cached_property
    def exam(self) -> int:
        return sum(question.pool is Pool.EXAM for question in self.questions)

    @cached_property
    def multi(self) -> int:
        return sum(question.kind == QuestionKind.MULTI for question in self.questions)

    @cached_property
    def with_code(self) -> int:
        return sum("```" in question.stem for question in self.questions)

    @cached_property
    def proven_right(self) -> int:
        """Questions whose right options all have evidence."""
        return sum({option.id for option in q.right} <= decided(q) for q in self.questions)

    @cached_property
    def wrong(self) -> int:
        return sum(not option.correct for question in self.questions for option in question.options)

    @cached_property
    def proven_wrong(self) -> int:
        return sum(not o.correct and o.id in decided(q) for q in self.questions for o in q.options)

    def share(self, number: int) -> float:
        """``number`` of the questions, from 0 to 1."""
        return number / self.total if self.total else 0.0


def published(library: Library) -> dict[str, list[Question]]:
    """The questions that count, by the topics that count."""
    topics: dict[str, list[Question]] = {
        slug: [] for slug, topic in library.topics.items() if topic.status is Status.PUBLISHED
    }
    for question in library.questions.values():
        if question.topic in topics and question.status is Status.PUBLISHED:
            topics[question.topic].append(question)
    return topics


def too_few_in_a_topic(topic: Topic, counts: Counts) -> Iterator[Diagnostic]:
    """A topic needs so many questions, so many of each level, and a share of them for exams."""
    where = relative(topic.folder / "topic.toml", topic.folder.parents[1])
    if counts.total < PER_TOPIC:
        yield error(where, f"has {counts.total} published questions; {PER_TOPIC} are needed")
    for level in Level:
        if counts.levels[level] < PER_LEVEL:
            yield error(
                where, f"has {counts.levels[level]} published questions of level {level}; {PER_LEVEL} are needed"
            )
    if counts.share(counts.exam) < EXAM_SHARE:
        yield error(where, f"has {counts.exam} of {counts.total} questions for exams; a fifth is needed")


def too_few_in_the_bank(topics: int, counts: Counts) -> Iterator[Diagnostic]:
    """The numbers that bind the bank as a whole."""
    where = "challenges"
    if topics < TOPICS:
        yield error(where, f"the bank has {topics} published topics; {TOPICS} are needed")
    if counts.total < QUESTIONS:
        yield error(where, f"the bank has {counts.total} published questions; {QUESTIONS} are needed")


def wrong_shares(counts: Counts) -> Iterator[Diagnostic]:
    """Shares that hold over the bank, however large it is."""
    where = "challenges"
    for number, of, least, what in (
        (counts.with_code, counts.total, CODE_SHARE, "stems show code"),
        (counts.proven_right, counts.total, RIGHT_PROVEN, "questions have evidence for what is right"),
        (counts.proven_wrong, counts.wrong, WRONG_PROVEN, "wrong options have evidence"),
    ):
        if of and number / of < least:
            yield error(where, f"{number} of {of} {what}; at least {100 * least:.0f} of 100 are needed")
    if counts.share(counts.multi) > MULTI_SHARE:
        yield error(where, f"{counts.multi} of {counts.total} questions are multi-select; a tenth is the most")
