"""Builds a report. What its reader must not see is left out here, so that no renderer could show it by mistake."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from harness.domain.scores import Score, earns, forfeited_concepts, result_score
from harness.domain.verdicts import Basis, GradeResult, LimitHit, Outcome, StartFailure, Verdict
from harness.reports import words
from harness.reports.inert import MESSAGE_LIMIT, inert, inert_line
from harness.reports.model import (
    SCHEMA_VERSION,
    Audience,
    CheckDetail,
    CheckView,
    ConceptView,
    Counts,
    DiagnosisView,
    LimitView,
    Record,
    Report,
    StartView,
    StudyView,
    TaskView,
)
from harness.reports.practice import Shelf

if TYPE_CHECKING:
    from harness.domain.content import Misconception, Question, Task, Topic

CLAIM = "claim"  # the basis of a verdict that came out of the container


def build_report(
    result: GradeResult,
    task: Task,
    topic: Topic,
    questions: Sequence[Question],
    audience: Audience,
    explanation: str | None = None,
    submission_name: str = "",
    decisions: Mapping[str, str] | None = None,
) -> Report:
    """The report of one run for one audience. ``explanation`` is the reference's, for a candidate who asked.

    ``decisions`` are the reasons of those who changed a verdict afterwards, by check; ``result`` has the changed ones.
    """
    audience = Audience(audience)
    you = audience is Audience.CANDIDATE
    score = result_score(result)
    counts = _counts(result)
    broken = forfeited_concepts(result.verdicts)
    forfeited = len(broken & _earning(result))
    start = None if result.start_failure is None else _start(result.start_failure, you)
    diagnoses, studies = _lessons(result, task, topic, questions, you)
    fault = bool(result.fault)
    return Report(
        schema_version=SCHEMA_VERSION,
        audience=audience,
        score=score.value,
        status=_status(score, start is not None, counts),
        headline=words.headline(counts, score, start.headline if start else None, fault, you),
        remarks=tuple(words.remarks(counts, bool(broken), forfeited, fault, result.claims, you)),
        task=_task(task, topic),
        submission=inert_line(submission_name),
        started_at=inert_line(result.started_at),
        seconds=max(1, math.ceil(result.seconds)),
        earned=score.earned,
        possible=score.possible,
        counts=counts,
        claims=result.claims,
        basis_summary=words.basis_summary(counts, you),
        guard_summary=words.guard_summary(counts, you),
        concepts=_concepts(result, topic, you, decisions or {}),
        limits=_limits(result),
        start=start,
        diagnoses=diagnoses,
        studies=studies,
        explanation=explanation,
        record=None if you else _record(result),
    )


def _status(score: Score, start_failed: bool, counts: Counts) -> str:
    if score.value is None:
        return "ours"
    if start_failed:
        return "not-started"
    return "passed" if counts.passed == counts.checks else "failed"


def _counts(result: GradeResult) -> Counts:
    """How many ended how. Only what was judged has a basis."""
    outcomes = [v.outcome for v in result.verdicts]
    judged = [v for v in result.verdicts if v.outcome is not Outcome.OURS]
    observed = sum(v.basis is Basis.OBSERVED for v in judged)
    return Counts(
        checks=len(outcomes),
        passed=outcomes.count(Outcome.PASSED),
        failed=outcomes.count(Outcome.FAILED),
        ours=outcomes.count(Outcome.OURS),
        observed=0 if result.claims else observed,
        self_reported=0 if result.claims else len(judged) - observed,
        claims=len(judged) if result.claims else 0,
        guards=sum(v.guard for v in result.verdicts),
    )


def _task(task: Task, topic: Topic) -> TaskView:
    return TaskView(
        id=task.id,
        title=task.title,
        summary=task.summary,
        kind=str(task.kind),
        level=str(task.level),
        topic=topic.title,
        revision=task.revision,
    )


def _limit(hit: LimitHit | None) -> LimitView | None:
    if hit is None:
        return None
    value = inert_line(hit.value)
    return LimitView(str(hit.limit), value, str(hit.source), words.limit_sentence(hit, value))


def _limits(result: GradeResult) -> tuple[str, ...]:
    """Every limit that was hit, and in how many checks."""
    during = Counter(
        words.limit_sentence(v.limit, inert_line(v.limit.value)) for v in result.verdicts if v.limit is not None
    )
    told = [words.limit_in_checks(sentence, count) for sentence, count in during.items()]
    start = _limit(result.start_failure.limit) if result.start_failure else None
    return (words.limit_at_start(start.sentence), *told) if start else tuple(told)


def _start(failure: StartFailure, you: bool) -> StartView:
    """All of it is the submission's own: nothing hidden was in the container yet."""
    return StartView(
        problem=str(failure.problem),
        headline=words.start_headline(failure.problem, you),
        advice=words.start_advice(failure.problem),
        message=inert(failure.message, MESSAGE_LIMIT),
        traceback=inert(failure.traceback),
        output=inert(failure.output),
        limit=_limit(failure.limit),
    )


def _earning(result: GradeResult) -> set[str]:
    """The concepts that have points, and not guards alone."""
    return {verdict.concept for verdict in result.verdicts if not verdict.guard}


def _notes(verdict: Verdict, limit: LimitView | None, you: bool, costs: bool, reason: str | None) -> tuple[str, ...]:
    notes = [] if reason is None else [words.decided_note(inert_line(" ".join(reason.split()), MESSAGE_LIMIT))]
    if verdict.outcome is Outcome.OURS:
        notes.append(words.OURS_NOTE)
    if limit:
        notes.append(limit.sentence)
    if verdict.crashed:
        notes.append(words.crash_note(you))
    if verdict.guard and verdict.outcome is Outcome.FAILED:
        notes.append(words.broken_guard_note(you, costs))
    return tuple(notes)


def _check(
    verdict: Verdict, result: GradeResult, forfeited: frozenset[str], you: bool, reason: str | None
) -> CheckView:
    limit = _limit(verdict.limit)
    detail = CheckDetail(
        message=inert(verdict.message, MESSAGE_LIMIT),
        traceback=inert(verdict.traceback),
        output=inert(verdict.output),
        seconds=verdict.seconds,
        symptoms=tuple(map(inert_line, verdict.symptoms)),
    )
    return CheckView(
        id=inert_line(verdict.check),
        title=_title(verdict),
        outcome=str(verdict.outcome),
        basis=CLAIM if result.claims else str(verdict.basis),
        guard=verdict.guard,
        points=0 if verdict.guard else verdict.points,
        earned=verdict.points if earns(verdict, forfeited) else 0,
        crashed=verdict.crashed,
        limit=limit,
        notes=_notes(verdict, limit, you, verdict.concept in _earning(result), reason),
        detail=None if you else detail,
    )


def _title(verdict: Verdict) -> str:
    return inert_line(verdict.title or verdict.check)


def concept_name(concept: str) -> str:
    """A concept's id as words."""
    return inert_line(concept).replace("-", " ")


def _concepts(result: GradeResult, topic: Topic, you: bool, decisions: Mapping[str, str]) -> tuple[ConceptView, ...]:
    forfeited = forfeited_concepts(result.verdicts)
    groups: dict[str, list[CheckView]] = {}
    for verdict in result.verdicts:
        groups.setdefault(verdict.concept, []).append(
            _check(verdict, result, forfeited, you, decisions.get(verdict.check))
        )
    views = []
    for concept, checks in groups.items():
        outcomes = [check.outcome for check in checks]
        known = topic.concepts.get(concept)
        views.append(
            ConceptView(
                id=inert_line(concept),
                name=concept_name(concept),
                definition=known.definition if known else "",
                checks=tuple(checks),
                passed=outcomes.count(Outcome.PASSED),
                failed=outcomes.count(Outcome.FAILED),
                ours=outcomes.count(Outcome.OURS),
                earned=sum(check.earned for check in checks),
                possible=sum(check.points for check in checks),
                forfeited=concept in forfeited,
            )
        )
    return tuple(views)


def _lessons(
    result: GradeResult, task: Task, topic: Topic, questions: Sequence[Question], you: bool
) -> tuple[tuple[DiagnosisView, ...], tuple[StudyView, ...]]:
    """What the failures teach. An app that did not start, or a fault of ours, teaches nothing about concepts."""
    if result.start_failure or result.fault:
        return (), ()
    shelf = Shelf(questions, task)
    failed = {v.check: v for v in result.verdicts if v.outcome is Outcome.FAILED}
    diagnoses = []
    explained: set[str] = set()
    for found in result.diagnosis:
        misconception = topic.misconceptions.get(found.misconception)
        checks = [failed[check] for check in found.checks if check in failed]
        if misconception is None or not checks:
            continue
        explained.update(v.check for v in checks)
        diagnoses.append(_diagnosis(misconception, checks, task, topic, shelf, you))
    open_checks: dict[str, list[Verdict]] = {}
    for verdict in failed.values():
        if verdict.check not in explained and verdict.concept in topic.concepts:
            open_checks.setdefault(verdict.concept, []).append(verdict)
    studies = tuple(
        StudyView(
            concept=concept,
            name=concept_name(concept),
            definition=topic.concepts[concept].definition,
            checks=tuple(map(_title, checks)),
            question=shelf.about(concept),
        )
        for concept, checks in open_checks.items()
    )
    return tuple(diagnoses), studies


def _diagnosis(
    misconception: Misconception, checks: list[Verdict], task: Task, topic: Topic, shelf: Shelf, you: bool
) -> DiagnosisView:
    concept = topic.concepts.get(misconception.concept)
    question = shelf.tempting(misconception.id, misconception.concept) or shelf.about(misconception.concept)
    return DiagnosisView(
        misconception=misconception.id,
        lead=words.lead(task.kind, you),
        belief=misconception.belief,
        says=words.says(task.kind, you),
        concept=misconception.concept,
        definition=concept.definition if concept else "",
        checks=tuple(map(_title, checks)),
        question=question,
    )


def _record(result: GradeResult) -> Record:
    environment = result.environment
    return Record(
        run_id=inert_line(result.run_id),
        seed=inert_line(result.seed),
        submission_digest=inert_line(result.submission_digest),
        task_digest=inert_line(result.task_digest),
        image=inert_line(environment.image),
        image_tag=inert_line(environment.tag),
        runtime=inert_line(environment.runtime),
        python=inert_line(environment.python),
        libraries={inert_line(k): inert_line(v) for k, v in sorted(environment.libraries.items())},
        seconds=result.seconds,
        output=inert(result.output),
        fault=inert(result.fault),
    )
