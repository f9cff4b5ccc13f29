"""A report as JUnit XML, for whatever reads test results: failed is a failure, a fault of ours an error.

A suite per concept. An app that did not start, or a fault of ours, is a case of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from harness.reports import words

if TYPE_CHECKING:
    from harness.reports.model import CheckView, ConceptView, Report

# What XML 1.0 has no way to write, not even as a reference.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report) -> str:
    """The XML document."""
    root = ET.Element("testsuites", _attributes(name=report.task.id))
    if report.start or (report.score is None and not report.counts.ours):
        root.append(_run(report))
    for concept in report.concepts:
        root.append(_suite(report, concept))
    _count(root)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _run(report: Report) -> ET.Element:
    """The suite of one case that says why no check could run."""
    suite = ET.Element("testsuite", _attributes(name=f"{report.task.id}.start"))
    case = ET.SubElement(suite, "testcase", _attributes(classname=report.task.id, name="The app starts."))
    if report.start:
        start = report.start
        texts = (start.message, start.limit.sentence if start.limit else "", start.traceback, start.output)
        _outcome(case, "failure", start.headline, "\n".join(filter(None, texts)), start.problem)
    else:
        _outcome(case, "error", report.headline, report.record.fault if report.record else "", "ours")
    _count(suite)
    return suite


def _suite(report: Report, concept: ConceptView) -> ET.Element:
    name = f"{report.task.id}.{concept.id}" if concept.id else report.task.id
    suite = ET.Element("testsuite", _attributes(name=name, timestamp=report.started_at.removesuffix("Z")))
    score = "unknown" if report.score is None else f"{report.score:g}"
    points = f"{concept.earned}/{concept.possible}" if concept.possible else words.points(concept)
    _properties(suite, {"submission": report.submission, "score": score, "points": points})
    for check in concept.checks:
        suite.append(_case(check, name))
    _count(suite)
    return suite


def _case(check: CheckView, suite: str) -> ET.Element:
    case = ET.Element("testcase", _attributes(classname=suite, name=check.title))
    detail = check.detail
    if detail:
        case.set("time", f"{detail.seconds:.3f}")
    points = "guard" if check.guard else f"{check.earned}/{check.points}"
    _properties(case, {"check": check.id, "basis": check.basis, "points": points})
    if check.outcome != "passed":
        kind = "failure" if check.outcome == "failed" else "error"
        message = " ".join(check.notes) or "The check failed."
        text = "\n".join(filter(None, (detail.message, detail.traceback))) if detail else ""
        _outcome(case, kind, message, text, check.limit.limit if check.limit else check.outcome)
    if detail and detail.output:
        ET.SubElement(case, "system-out").text = _clean(detail.output)
    return case


def _outcome(case: ET.Element, kind: str, message: str, text: str, type_: str) -> None:
    element = ET.SubElement(case, kind, _attributes(message=message, type=type_))
    element.text = _clean(text) or None


def _properties(parent: ET.Element, values: dict[str, str]) -> None:
    properties = ET.SubElement(parent, "properties")
    for name, value in values.items():
        if value:
            ET.SubElement(properties, "property", _attributes(name=name, value=value))


def _count(element: ET.Element) -> None:
    for attribute, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
        element.set(attribute, str(sum(1 for _ in element.iter(tag))))


def _attributes(**values: str) -> dict[str, str]:
    return {name: _clean(value) for name, value in values.items()}


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
