"""Reports as files to keep: one HTML page that stands alone, or JSON."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import current_app, render_template, send_file
from markupsafe import Markup

from harness.reports import html as report_page
from harness.reports import json as report_json
from harness.reports.model import Audience
from harness.reports.pages import frame
from harness.services import interviewing, joining
from harness.services.taking_away import as_data, person_of
from harness.web import code

if TYPE_CHECKING:
    from flask import Response

    from harness.reports.model import Report
    from harness.services.reporting import AttemptReport

MIMETYPES = {"html": "text/html", "json": "application/json"}


def one_task(report: Report, kind: str) -> Response:
    """A task's report."""
    text = report_page.render(report) if kind == "html" else report_json.render(report)
    return _attachment(text, kind, f"assay {report.task.title}")


def whole(report: AttemptReport, kind: str) -> Response:
    """An attempt's."""
    name = person_of(report)
    title = f"{report.title}, {name}" if name else report.title
    if kind == "json":
        return _attachment(json.dumps(as_data(report), ensure_ascii=False, indent=2) + "\n", kind, f"assay {title}")
    tasks = [
        (
            line,
            report_page.render_body(line.report, 3, f"task-{line.number}-") if line.report else None,
            code.with_excerpts(line.comments),
        )
        for line in report.tasks
    ]
    text = render_template("reporting/_whole.html", report=report, tasks=tasks, **joined(report))
    body = Markup(text)  # noqa: S704 - a template of ours
    return _attachment(frame(title, body, _styles()), kind, f"assay {title}")


def joined(report: AttemptReport) -> dict[str, Any]:
    """What a report says to the staff alone: what is known against what is done, and what to ask in the interview."""
    if report.audience is not Audience.GRADER:
        return {}
    concepts = joining.joined(report)
    questions = interviewing.questions(report, concepts)
    return {"concepts": concepts, "cells": joining.by_cell(concepts), "questions": questions}


def _styles() -> str:
    folder = Path(current_app.static_folder or "")
    return "".join((folder / name).read_text("utf-8") for name in ("assay.css", "reporting.css", "code.css"))


def _attachment(text: str, kind: str, title: str) -> Response:
    name = "".join(letter if letter.isalnum() or letter in " ,.-" else "-" for letter in title)
    made = send_file(
        io.BytesIO(text.encode()), mimetype=MIMETYPES[kind], as_attachment=True, download_name=f"{name}.{kind}"
    )
    made.headers["Cache-Control"] = "no-store"
    return made
