"""A report in the Common Test Report Format (ctrf.io), version 1.0.0 of the specification.

CTRF wants times of every test. A candidate's report has none per check, so they stand as 0 there, and the run's own
times are whole seconds. A check that could not be judged is "other": CTRF's word for what is none of its own.
"""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from harness.reports.model import CheckView, ConceptView, Report

SPEC_VERSION = "1.0.0"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:flask-assay:check")
_STATUS = {"passed": "passed", "failed": "failed", "ours": "other"}


def render(report: Report) -> str:
    """The JSON document."""
    return json.dumps(as_data(report), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def as_data(report: Report) -> dict[str, Any]:
    """The document as plain dicts and lists."""
    tests = [_test(report, concept, check) for concept in report.concepts for check in concept.checks]
    start = _start_test(report)
    if start:
        tests.insert(0, start)
    began = _milliseconds(report.started_at)
    took = report.seconds * 1000
    statuses = [test["status"] for test in tests]
    return {
        "reportFormat": "CTRF",
        "specVersion": SPEC_VERSION,
        "generatedBy": "assay",
        "results": {
            "tool": {"name": "assay", "extra": {"schema_version": report.schema_version}},
            "summary": {
                "tests": len(tests),
                **{name: statuses.count(name) for name in ("passed", "failed", "skipped", "pending", "other")},
                "suites": len(report.concepts),
                "start": began,
                "stop": began + took,
                "duration": took,
            },
            "tests": tests,
            "environment": _environment(report),
            "extra": {"score": report.score, "status": report.status, "headline": report.headline},
        },
    }


def _start_test(report: Report) -> dict[str, Any] | None:
    """A test of its own for an app that did not start, and for a fault of ours."""
    test = {"id": _id(report, "start"), "name": "The app starts.", "duration": 0}
    if report.start:
        start = report.start
        told = {
            "message": " ".join(filter(None, (start.headline, start.limit.sentence if start.limit else ""))),
            "trace": "\n".join(filter(None, (start.message, start.traceback))),
            "stdout": start.output.splitlines(),
        }
        return {**test, "status": "failed", **told, "rawStatus": start.problem}
    if report.score is None and not report.counts.ours:
        return {**test, "status": "other", "rawStatus": "ours", "message": report.headline}
    return None


def _test(report: Report, concept: ConceptView, check: CheckView) -> dict[str, Any]:
    detail = check.detail
    test: dict[str, Any] = {
        "id": _id(report, check.id),
        "name": check.title or check.id,
        "status": _STATUS[check.outcome],
        "rawStatus": check.outcome,
        "duration": round(detail.seconds * 1000) if detail else 0,
        "suite": [report.task.id, concept.id or "checks"],
        "tags": ["guard"] if check.guard else [],
        "labels": {"check": check.id, "basis": check.basis, "points": check.points, "earned": check.earned},
    }
    messages = [*check.notes, *([detail.message] if detail and detail.message else [])]
    if messages:
        test["message"] = "\n".join(messages)
    if detail and detail.traceback:
        test["trace"] = detail.traceback
    if detail and detail.output:
        test["stdout"] = detail.output.splitlines()
    return test


def _environment(report: Report) -> dict[str, Any]:
    environment: dict[str, Any] = {"reportName": report.task.title, "appName": report.submission or "submission"}
    record = report.record
    if record:
        environment["extra"] = {
            "run": record.run_id,
            "seed": record.seed,
            "submission": record.submission_digest,
            "task": record.task_digest,
            "image": record.image,
            "runtime": record.runtime,
            "python": record.python,
            "libraries": dict(record.libraries),
        }
    return environment


def _id(report: Report, check: str) -> str:
    """A check's UUID: the same in every report of the task."""
    return str(uuid.uuid5(_NAMESPACE, f"{report.task.id}/{check}"))


def _milliseconds(iso: str) -> int:
    try:
        when = datetime.fromisoformat(iso)
    except ValueError:
        return 0
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return int(when.timestamp()) * 1000
