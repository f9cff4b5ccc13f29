"""A report as Gradescope's results.json. The score is out of 100: give the assignment 100 autograder points.

A candidate's report is visible to the student. A grader's is hidden test by test, because it may hold hidden input;
its top-level output, which students may see in spite of that, says no more than the candidate's does. Every format is
"text": Gradescope's own default would read the top-level output as HTML. While a fault of ours leaves the score
unknown there is none in the file, so Gradescope reports a failed run and no zero.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from harness.reports.model import Audience

if TYPE_CHECKING:
    from harness.reports.model import CheckView, ConceptView, Report

_WORDS = {"passed": "Passed.", "failed": "Failed.", "ours": "Not judged."}


def render(report: Report) -> str:
    """The JSON document."""
    return json.dumps(as_data(report), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def as_data(report: Report) -> dict[str, Any]:
    """The document as plain dicts and lists."""
    visibility = "visible" if report.audience is Audience.CANDIDATE else "hidden"
    tests = [
        {**_test(report, concept, check), "visibility": visibility}
        for concept in report.concepts
        for check in concept.checks
    ]
    if report.record:
        tests.append({"name": "The run", "output": _record(report), "output_format": "text", "visibility": "hidden"})
    data: dict[str, Any] = {
        "output": "\n\n".join(_told(report)),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": visibility,
        "stdout_visibility": "hidden",
        "execution_time": report.seconds,
        "tests": tests,
    }
    return data if report.score is None else {"score": report.score, **data}


def _told(report: Report) -> list[str]:
    """What every reader may know of the whole run."""
    told = [report.headline, *report.remarks, *report.limits]
    if report.start:
        start = report.start
        told += [start.message, start.advice, start.traceback, start.output]
    told += [f"{d.lead} {d.belief}." for d in report.diagnoses]
    told += [report.basis_summary, report.guard_summary]
    return [text for text in told if text.strip()]


def _test(report: Report, concept: ConceptView, check: CheckView) -> dict[str, Any]:
    said = [_WORDS[check.outcome], f"Basis: {check.basis}.", *check.notes]
    if check.detail:
        detail = check.detail
        said += [f"{check.id}, {detail.seconds:.2f} s", detail.message, detail.traceback, detail.output]
    test: dict[str, Any] = {
        "name": f"{concept.name}: {check.title}" if concept.name else check.title,
        "name_format": "text",
        "output": "\n".join(filter(None, said)),
        "output_format": "text",
        "tags": [concept.id] if concept.id else [],
    }
    if check.outcome != "ours":
        test["status"] = check.outcome
    if not check.guard and report.score is not None:
        test |= {"score": check.earned, "max_score": check.points}
    return test


def _record(report: Report) -> str:
    record = report.record
    if record is None:
        return ""
    lines = [
        f"run {record.run_id}",
        f"seed {record.seed}",
        f"submission {record.submission_digest}",
        f"task {record.task_digest} (revision {report.task.revision})",
        f"image {record.image_tag} {record.image}",
        f"runtime {record.runtime}, Python {record.python}, {record.seconds:.2f} s",
        ", ".join(f"{name} {version}" for name, version in record.libraries.items()),
        record.fault,
        record.output,
    ]
    return "\n".join(filter(None, lines))
