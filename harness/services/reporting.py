"""The report that joins what a person knows and what they can do, for one audience.

What its reader must not see is left out here, so that no template could show it by mistake: a question of the exam pool
has neither text nor key for a candidate, nor is it told whether it was answered rightly, since that is the key to
whoever remembers the answer; and a policy of scores leaves scores.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.domain.content import Pool
from harness.domain.records import from_json
from harness.reports.build import build_report
from harness.reports.model import Audience, Report
from harness.services import attempts, clocks, comments, frozen, grades, overrides, publishing, results
from harness.services.domains import DomainLine, Tally
from harness.services.errors import Refused, Why
from harness.store.models import (
    Attempt,
    AttemptItem,
    AttemptKind,
    Part,
    ReportPolicy,
    Result,
    Submission,
    SubmissionKind,
)

if TYPE_CHECKING:
    from harness.domain.content import Option, Question
    from harness.domain.margins import Margin
    from harness.services.grades import Grade
    from harness.services.results import Mark, Standing
    from harness.store.models import Comment, Override

LETTERS = "ABCDEFGHIJ"


@dataclass(frozen=True, slots=True)
class OptionLine:
    """An option in the order in which this person saw it."""

    letter: str
    option: Option
    chosen: bool


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question. ``question`` and ``right`` are None where this reader must not see the key."""

    number: int
    item: AttemptItem
    right: bool | None
    answered: bool
    override: Override | None
    question: Question | None
    options: tuple[OptionLine, ...]


@dataclass(frozen=True, slots=True)
class Try:
    """A submission and what it came to. ``score`` is None before it is graded, and where the fault was ours."""

    submission: Submission
    score: float | None
    going_on: bool
    counts: bool
    changed_by: tuple[str, ...] = ()  # who decided about its verdicts

    @property
    def name(self) -> str:
        late = self.submission.kind is SubmissionKind.AT_THE_END
        name = "The draft at the end of the time" if late else f"Submission {self.submission.ordinal}"
        return f"{name}, uploaded" if self.submission.kind is SubmissionKind.UPLOADED else name


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task: its share of the score, all that was handed in, and the report of what counts, if there is one."""

    number: int
    item: AttemptItem
    mark: Mark
    tries: tuple[Try, ...]
    report: Report | None
    comments: tuple[tuple[Try, Comment], ...]  # of graders, published, with what each is about

    @property
    def submission(self) -> Submission | None:
        """The one that counts."""
        return next((one.submission for one in self.tries if one.counts), None)


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A part's score from 0 to 100, or why there is none; ``state`` is empty for a score that stands."""

    part: Part
    value: float | None
    state: str
    margin: Margin | None = None


@dataclass(frozen=True, slots=True)
class AttemptReport:
    """Everything one reader is told about one attempt. ``full`` is false where only scores are."""

    attempt: Attempt
    audience: Audience
    full: bool
    know: float | None
    do: float | None
    scores: tuple[ScoreLine, ...]
    complete: bool
    pending: bool
    questions: tuple[QuestionLine, ...]
    tasks: tuple[TaskLine, ...]
    domains: tuple[DomainLine, ...]
    grade: Grade | None

    @property
    def title(self) -> str:
        if self.attempt.assessment is not None:
            return self.attempt.assessment.title
        if self.attempt.kind is AttemptKind.TASK:
            return self.attempt.items[0].frozen.title
        return "Practice exam" if self.attempt.kind is AttemptKind.EXAM else "Practice"

    @property
    def passed(self) -> bool | None:
        """Whether every part reached the pass mark; None where there is none, or a score does not stand yet."""
        mark = self.attempt.assessment.pass_mark if self.attempt.assessment else None
        if mark is None or any(line.state for line in self.scores):
            return None
        return all(line.value is not None and line.value >= mark for line in self.scores)


def not_yet(attempt: Attempt) -> str:
    """Why its own person can't read the report; nothing where they can."""
    if attempt.kind is AttemptKind.TASK:
        return ""
    if attempt.kind is AttemptKind.WARM_UP:
        return "The warm-up counts for nothing, and there is no report of it."
    if attempt.assessment and attempt.assessment.report_policy is ReportPolicy.NONE:
        return "A report for you is not part of this assessment. Whoever invited you has the result."
    if not _ended(attempt):
        return "The report comes when every part has ended."
    return publishing.NOT_PUBLISHED if attempt.assessment and publishing.waits(attempt.assessment) else ""


def _ended(attempt: Attempt) -> bool:
    """Whether nothing of it can change: a part that was not started can't be, once the assessment is closed."""
    if attempt.finished_at is not None:
        return True
    shut = attempt.invitation is not None and bool(attempts.not_open_because(attempt.invitation))
    return shut and all(one.ended_at is not None for one in attempt.parts)


def is_full(attempt: Attempt) -> bool:
    """Whether its own person is told more than scores, once they are told."""
    return attempt.assessment is None or attempt.assessment.report_policy is ReportPolicy.FULL


def for_candidate(attempt: Attempt) -> AttemptReport:
    """What its own person may read. Raises Refused while, or where, that is nothing."""
    if why := not_yet(attempt):
        raise Refused(Why.NOT_NOW, why)
    return _build(attempt, Audience.CANDIDATE, full=is_full(attempt))


def for_staff(attempt: Attempt) -> AttemptReport:
    """What those may read who run the assessment, at any time."""
    return _build(attempt, Audience.GRADER, full=True)


def _build(attempt: Attempt, audience: Audience, *, full: bool) -> AttemptReport:
    standing = results.standing(attempt)
    said = comments.published(attempt) if full else {}
    tasks = tuple(_task(mark, number, audience, said) for number, mark in _of(standing, Part.TASKS)) if full else ()
    questions = tuple(_question(mark, number, audience) for number, mark in _of(standing, Part.QUESTIONS))
    return AttemptReport(
        attempt=attempt,
        audience=audience,
        full=full,
        know=standing.know,
        do=standing.do,
        scores=tuple(_score(attempt, part, standing) for part in clocks.parts_of(attempt)),
        complete=all(mark.share is not None for mark in standing.marks),
        pending=any(mark.pending for mark in standing.marks),
        questions=questions if full else (),
        tasks=tasks,
        domains=_domains(standing, tasks, audience) if full else (),
        grade=grades.of_attempt(attempt, standing),
    )


def _of(standing: Standing, part: Part) -> Iterable[tuple[int, Mark]]:
    return enumerate((mark for mark in standing.marks if mark.item.part is part), start=1)


def _score(attempt: Attempt, part: Part, standing: Standing) -> ScoreLine:
    value = standing.know if part is Part.QUESTIONS else standing.do
    clock = clocks.clock(attempt, part)
    if clock is None and attempt.assessment is not None:
        return ScoreLine(part, None, "not started")
    if value is None:
        waits = any(mark.pending for _, mark in _of(standing, part))
        return ScoreLine(part, None, "being graded" if waits else "not judged")
    margin = standing.know_margin if part is Part.QUESTIONS else standing.do_margin
    return ScoreLine(part, value, "so far" if clock and not clocks.over(clock) else "", margin)


def _told(pools: Iterable[Pool], audience: Audience) -> bool:
    """Whether this reader may see keys and explanations of items of these pools."""
    return audience is not Audience.CANDIDATE or Pool.EXAM not in pools


def _key_told(mark: Mark, audience: Audience) -> bool:
    return _told({mark.item.frozen.pool, mark.key.pool if mark.key else mark.item.frozen.pool}, audience)


def _question(mark: Mark, number: int, audience: Audience) -> QuestionLine:
    item = mark.item
    told = _key_told(mark, audience)
    question = mark.key if told else None
    options = {option.id: option for option in question.options} if question else {}
    chosen = item.answer.chosen if item.answer else []
    return QuestionLine(
        number=number,
        item=item,
        right=mark.share == 1.0 if told else None,
        answered=mark.answered,
        override=mark.override,
        question=question,
        options=tuple(
            OptionLine(LETTERS[place], options[name], name in chosen)
            for place, name in enumerate(item.shown)
            if name in options
        ),
    )


def _task(mark: Mark, number: int, audience: Audience, said: Mapping[int, Sequence[Comment]]) -> TaskLine:
    counting = mark.result.submission_id if mark.result else None
    tries = tuple(tries_of(mark.item, counting))
    report = report_of(mark.result, audience) if mark.result else None
    comments = tuple((one, comment) for one in tries for comment in said.get(one.submission.id, ()))
    return TaskLine(number, mark.item, mark, tries, report, comments)


def tries_of(item: AttemptItem, counting: int | None = None) -> Iterable[Try]:
    """What was handed in for a task, in its order; ``counting`` is the submission that counts."""
    handed_in = [one for one in item.submissions if one.kind is not SubmissionKind.PUBLIC_RUN]
    ids = [one.id for one in handed_in]
    scores, waiting, said = results.scores_of(ids), results.unfinished_of(ids), overrides.of_submissions(ids)
    for one in handed_in:
        words = said.get(one.id, {}).values()
        changed_by = tuple(dict.fromkeys(word.by.name for word in words))
        yield Try(one, scores.get(one.id), one.id in waiting, one.id == counting, changed_by)


def report_of(result: Result, audience: Audience) -> Report:
    """The report of one grading, with what people decided since."""
    item = result.submission.item
    judged_by = frozen.version(item, result.task_digest)
    words = overrides.of_submission(result.submission_id)
    return build_report(
        overrides.apply(from_json(result.content), words),
        frozen.task_of(judged_by),
        frozen.topic_with(judged_by),
        frozen.practice_questions(judged_by.topic_slug),
        audience,
        frozen.explanation_of(judged_by) if _told({item.frozen.pool, judged_by.pool}, audience) else None,
        decisions={check: one.reason for check, one in words.items()},
    )


def _domains(standing: Standing, tasks: Sequence[TaskLine], audience: Audience) -> tuple[DomainLine, ...]:
    """Exam questions count for their domain alone where their key is not told: a concept may have just one."""
    tally = Tally()
    for _, mark in _of(standing, Part.QUESTIONS):
        concepts = mark.key.concepts if mark.key and _key_told(mark, audience) else ()
        tally.question(mark.item.frozen.topic.domain, concepts, mark.share == 1.0)
    for line in tasks:
        if line.report is not None:
            tally.checks(line.item.frozen.topic.domain, line.report.concepts)
    return tally.lines()
