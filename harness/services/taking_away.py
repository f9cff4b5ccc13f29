"""The report of an attempt as plain data, for whoever keeps it: what its reader saw, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.domain.verdicts import Outcome
from harness.reports import json as report_json
from harness.reports.model import Audience
from harness.services import interviewing, joining, pseudonyms

if TYPE_CHECKING:
    from harness.domain.margins import Margin
    from harness.services.domains import DomainLine, Share
    from harness.services.grades import TaskGrade
    from harness.services.joining import Built
    from harness.services.reporting import AttemptReport, QuestionLine, ScoreLine, TaskLine

SCHEMA_VERSION = "1.0"


def as_data(report: AttemptReport) -> dict[str, Any]:
    """Dicts, lists, texts and numbers; moments are ISO 8601 in UTC."""
    attempt = report.attempt
    return {
        "schema_version": SCHEMA_VERSION,
        "audience": report.audience.value,
        "title": report.title,
        "person": person_of(report),
        "finished_at": attempt.finished_at.isoformat() if attempt.finished_at else None,
        "scores": {line.part.value: _score(line) for line in report.scores},
        "passed": report.passed,
        "grade": _grade(report),
        "domains": [_domain(line) for line in report.domains],
        "questions": [_question(line) for line in report.questions],
        "tasks": [_task(line) for line in report.tasks],
        **(_for_staff(report) if report.audience is Audience.GRADER else {}),
    }


def _grade(report: AttemptReport) -> dict[str, Any] | None:
    """What points by hand and weights make of the scores; None where a score is all there is."""
    grade = report.grade
    if grade is None or not grade.says_more:
        return None
    tasks = [_points(one, full=report.full) for one in grade.tasks if one.has_rubric]
    return {"final": grade.final, "open": list(grade.open), "by_hand": grade.human, "tasks": tasks}


def _points(task: TaskGrade, *, full: bool) -> dict[str, Any]:
    lines = task.sheet.lines if task.sheet else ()
    data: dict[str, Any] = {
        "task": task.task.item,
        "automatic": task.automatic,
        "points": task.sheet.given if task.sheet else None,
        "possible": task.sheet.possible if task.sheet else None,
        "total": task.total,
    }
    if full:
        data["criteria"] = [
            {
                "title": line.criterion.title,
                "description": line.criterion.description,
                "possible": line.criterion.points,
                "points": line.award.points if line.award else None,
                "comment": line.award.comment if line.award else None,
            }
            for line in lines
        ]
    return data


def person_of(report: AttemptReport) -> str | None:
    """A candidate's report has their name; the staff's the pseudonym while names are hidden."""
    invitation = report.attempt.invitation
    if invitation is None or report.audience is Audience.CANDIDATE:
        return invitation.name if invitation else None
    return pseudonyms.shown_name(invitation)


def _for_staff(report: AttemptReport) -> dict[str, Any]:
    """What is known against what is done, and what to ask in the interview."""
    concepts = joining.joined(report)
    return {
        "concepts": [
            {
                "topic": one.topic,
                "concept": one.concept,
                "stands": one.cell.value,
                "questions": [line.number for line in one.questions],
                "checks": [_check(built) for built in one.checks],
            }
            for one in concepts
        ],
        "interview": [
            {
                "ask": one.text,
                "holds": one.holds,
                "belief": one.belief,
                "reason": one.reason,
                "concept": one.evidence.concept,
                "checks": [_check(built) for built in one.checks],
            }
            for one in interviewing.questions(report, concepts)
        ],
    }


def _check(built: Built) -> dict[str, Any]:
    return {"task": built.task.number, "check": built.check.id, "passed": built.check.outcome == Outcome.PASSED}


def _score(line: ScoreLine) -> dict[str, Any]:
    return {"value": line.value, "state": line.state, "margin": _margin(line.margin)}


def _margin(margin: Margin | None) -> list[float] | None:
    return [margin.low, margin.high] if margin else None


def _share(share: Share) -> dict[str, int]:
    return {"part": share.part, "whole": share.whole}


def _domain(line: DomainLine) -> dict[str, Any]:
    return {
        "domain": line.domain.value,
        "knows": _share(line.know),
        "does": _share(line.do),
        "knows_margin": _margin(line.know_margin),
        "does_margin": _margin(line.do_margin),
        "concepts": [{"concept": one.name, "knows": _share(one.know), "does": _share(one.do)} for one in line.concepts],
    }


def _question(line: QuestionLine) -> dict[str, Any]:
    data: dict[str, Any] = {
        "number": line.number,
        "answered": line.answered,
        "right": line.right,
        "decided": line.override.reason if line.override else None,
    }
    if line.question is None:
        return data
    return data | {
        "id": line.question.id,
        "revision": line.question.revision,
        "level": line.question.level.value,
        "stem": line.question.stem,
        "options": [
            {
                "letter": one.letter,
                "text": one.option.text,
                "chosen": one.chosen,
                "correct": one.option.correct,
                "why": one.option.why,
            }
            for one in line.options
        ],
        "explanation": line.question.explanation,
        "references": list(line.question.references),
    }


def _task(line: TaskLine) -> dict[str, Any]:
    return {
        "number": line.number,
        "task": line.item.frozen.item,
        "title": line.item.frozen.title,
        "score": None if line.mark.share is None else round(100 * line.mark.share, 1),
        "submissions": [
            {
                "number": one.submission.ordinal,
                "kind": one.submission.kind.value,
                "sha256": one.submission.digest,
                "received_at": one.submission.received_at.isoformat(),
                "score": one.score,
                "counts": one.counts,
            }
            for one in line.tries
        ],
        "report": report_json.as_data(line.report) if line.report else None,
        "comments": [
            {
                "submission": one.submission.ordinal,
                "file": comment.path or None,
                "lines": [comment.first, comment.last] if comment.path else None,
                "text": comment.text,
            }
            for one, comment in line.comments
        ],
    }
