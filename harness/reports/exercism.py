"""A report as Exercism's results.json, version 3 of its test runner interface.

``test_code`` is left out, because our tests stay hidden, and ``task_id`` too, because briefs have no numbered tasks.
While the score is unknown through a fault of ours the whole is an "error", which is no verdict about the solution.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from harness.reports.model import CheckView, Report

VERSION = 3
OUTPUT_LIMIT = 500  # Exercism's own
MESSAGE_LIMIT = 65_535
_STATUS = {"passed": "pass", "failed": "fail", "ours": "error"}


def render(report: Report) -> str:
    """The JSON document."""
    return json.dumps(as_data(report), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def as_data(report: Report) -> dict[str, Any]:
    """The document as plain dicts and lists."""
    error = report.start is not None or report.score is None
    status = "error" if error else "pass" if report.status == "passed" else "fail"
    return {
        "version": VERSION,
        "status": status,
        "message": _message(report)[:MESSAGE_LIMIT] if error else None,
        "tests": [_test(check) for concept in report.concepts for check in concept.checks],
    }


def _message(report: Report) -> str:
    told = [report.headline, *report.remarks]
    if report.start:
        start = report.start
        told += [start.message, start.limit.sentence if start.limit else "", start.advice]
        told += [start.traceback, start.output]
    return "\n\n".join(text for text in told if text.strip())


def _test(check: CheckView) -> dict[str, Any]:
    detail = check.detail
    said = [*check.notes]
    if check.outcome == "failed":
        said.append(f"This check is {check.basis}." if check.basis != "claim" else "This is the container's claim.")
    if detail:
        said += [detail.message, detail.traceback]
    message = "\n".join(filter(None, said)) if check.outcome != "passed" else ""
    return {
        "name": check.title,
        "status": _STATUS[check.outcome],
        "message": message[:MESSAGE_LIMIT] or None,
        "output": _output(detail.output) if detail and detail.output else None,
    }


def _output(text: str) -> str:
    note = " … Output was truncated. Please limit to 500 chars"
    return text if len(text) <= OUTPUT_LIMIT else text[: OUTPUT_LIMIT - len(note)] + note
