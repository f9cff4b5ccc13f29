"""The report that joins what a person knows and what they can do, for one audience.

What its reader must not see is left out here, so that no template could show it by mistake: a question of the exam pool
has neither text nor key for a candidate, and a policy of scores leaves scores.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.domain.content import Domain, Pool
from harness.domain.records import from_json
from harness.domain.verdicts import Outcome
from harness.reports.build import build_report, concept_name
from harness.reports.model import Audience, Report
from harness.services import frozen, overrides, results
from harness.services.errors import Refused, Why
from harness.store.models import Attempt, AttemptItem, AttemptKind, Part, ReportPolicy, Result, Submission

if TYPE_CHECKING:
    from harness.domain.content import Option, Question
    from harness.services.results import Mark, Standing
    from harness.store.models import Override


@dataclass(frozen=True, slots=True)
class OptionLine:
    """An option in the order in which this person saw it."""

    letter: str
    option: Option
    chosen: bool


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question. ``question`` is None where this reader must not see it."""

    number: int
    item: AttemptItem
    right: bool
    answered: bool
    override: Override | None
    question: Question | None
    options: tuple[OptionLine, ...]


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task: its share of the score, and the submission that counts. ``report`` may be lacking."""

    number: int
    item: AttemptItem
    mark: Mark
    submission: Submission | None
    report: Report | None


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> float:
        return 100 * self.part / self.whole if self.whole else 0.0


@dataclass(frozen=True, slots=True)
class ConceptLine:
    """What is known of a person and a concept: questions answered rightly, checks passed."""

    name: str
    know: Share
    do: Share


@dataclass(frozen=True, slots=True)
class DomainLine:
    """The same for a domain, and its concepts."""

    domain: Domain
    know: Share
    do: Share
    concepts: tuple[ConceptLine, ...]


@dataclass(frozen=True, slots=True)
class AttemptReport:
    """Everything one reader is told about one attempt. ``full`` is false where only scores are."""

    attempt: Attempt
    audience: Audience
    full: bool
    know: float | None
    do: float | None
    complete: bool
    pending: bool
    questions: tuple[QuestionLine, ...]
    tasks: tuple[TaskLine, ...]
    domains: tuple[DomainLine, ...]

    @property
    def passed(self) -> bool | None:
        """Whether every part reached the pass mark; None where there is none, or a score is not known."""
        mark = self.attempt.assessment.pass_mark if self.attempt.assessment else None
        scores = [score for part, score in ((Part.QUESTIONS, self.know), (Part.TASKS, self.do)) if self._has(part)]
        if mark is None or None in scores:
            return None
        return all(score is not None and score >= mark for score in scores)

    def _has(self, part: Part) -> bool:
        return any(item.part is part for item in self.attempt.items)


def not_yet(attempt: Attempt) -> str:
    """Why its own person can't read the report; nothing where they can."""
    if attempt.kind is AttemptKind.TASK:
        return ""
    if attempt.assessment and attempt.assessment.report_policy is ReportPolicy.NONE:
        return "A report for you is not part of this assessment. Whoever invited you has the result."
    if attempt.finished_at is None:
        return "The report comes when every part has ended."
    return ""


def for_candidate(attempt: Attempt) -> AttemptReport:
    """What its own person may read. Raises Refused while, or where, that is nothing."""
    if why := not_yet(attempt):
        raise Refused(Why.NOT_NOW, why)
    full = attempt.assessment is None or attempt.assessment.report_policy is ReportPolicy.FULL
    return _build(attempt, Audience.CANDIDATE, full=full)


def for_staff(attempt: Attempt) -> AttemptReport:
    """What those may read who run the assessment, at any time."""
    return _build(attempt, Audience.GRADER, full=True)


def _build(attempt: Attempt, audience: Audience, *, full: bool) -> AttemptReport:
    standing = results.standing(attempt)
    questions = tuple(_question(mark, number, audience) for number, mark in _of(standing, Part.QUESTIONS))
    tasks = tuple(_task(mark, number, audience) for number, mark in _of(standing, Part.TASKS))
    waits = any(mark.pending for mark in standing.marks)
    return AttemptReport(
        attempt=attempt,
        audience=audience,
        full=full,
        know=standing.know,
        do=standing.do,
        complete=all(mark.share is not None for mark in standing.marks),
        pending=waits,
        questions=questions if full else (),
        tasks=tasks if full else (),
        domains=_domains(standing, tasks) if full else (),
    )


def _of(standing: Standing, part: Part) -> Iterable[tuple[int, Mark]]:
    return enumerate((mark for mark in standing.marks if mark.item.part is part), start=1)


def _question(mark: Mark, number: int, audience: Audience) -> QuestionLine:
    item = mark.item
    shown = audience is not Audience.CANDIDATE or item.frozen.pool is Pool.PRACTICE
    question = results.key_of(item) if shown else None
    options = {option.id: option for option in question.options} if question else {}
    chosen = item.answer.chosen if item.answer else []
    return QuestionLine(
        number=number,
        item=item,
        right=mark.share == 1.0,
        answered=mark.answered,
        override=overrides.of_item(item.id),
        question=question,
        options=tuple(
            OptionLine("ABCDEFGHIJ"[place], options[name], name in chosen)
            for place, name in enumerate(item.shown)
            if name in options
        ),
    )


def _task(mark: Mark, number: int, audience: Audience) -> TaskLine:
    result = mark.result
    return TaskLine(
        number=number,
        item=mark.item,
        mark=mark,
        submission=result.submission if result else None,
        report=report_of(result, audience) if result else None,
    )


def report_of(result: Result, audience: Audience) -> Report:
    """The report of one grading, with what people decided since."""
    item = result.submission.item.frozen
    decided = overrides.apply(from_json(result.content), overrides.of_submission(result.submission_id))
    name = item.item.split("/")[0]
    return build_report(
        decided,
        frozen.task_of(item),
        frozen.topic_of(name),
        frozen.practice_questions(name),
        audience,
        frozen.explanation_of(item),
    )


def _domains(standing: Standing, tasks: Sequence[TaskLine]) -> tuple[DomainLine, ...]:
    """By domain and concept: questions that are about it, and checks that are."""
    found: dict[Domain, dict[str, tuple[list[bool], list[bool]]]] = defaultdict(lambda: defaultdict(lambda: ([], [])))
    know: dict[Domain, list[bool]] = defaultdict(list)
    do: dict[Domain, list[bool]] = defaultdict(list)
    for _, mark in _of(standing, Part.QUESTIONS):
        domain = mark.item.frozen.topic.domain
        know[domain].append(mark.share == 1.0)
        for concept in results.key_of(mark.item).concepts:
            found[domain][concept][0].append(mark.share == 1.0)
    for line in tasks:
        domain = line.item.frozen.topic.domain
        for group in line.report.concepts if line.report else ():
            checks = [one.outcome == Outcome.PASSED.value for one in group.checks]
            do[domain].extend(checks)
            found[domain][group.id][1].extend(checks)
    return tuple(
        DomainLine(
            domain,
            _share(know[domain]),
            _share(do[domain]),
            tuple(
                ConceptLine(concept_name(name), _share(asked), _share(checked))
                for name, (asked, checked) in sorted(found[domain].items())
            ),
        )
        for domain in Domain
        if know[domain] or do[domain]
    )


def _share(found: Sequence[bool]) -> Share:
    return Share(sum(found), len(found))
