"""A report as JSON, as ``schema/report-1.json`` says: the report itself, field by field, and nothing else."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from harness.reports.model import Report


def as_data(report: Report) -> dict[str, Any]:
    """The report as plain dicts and lists."""
    return asdict(report)


def schema() -> dict[str, Any]:
    """The published JSON Schema (draft 2020-12) of this format."""
    text = files("harness.reports").joinpath("schema/report-1.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def render(report: Report) -> str:
    """The report as indented JSON, with a newline at its end."""
    return json.dumps(as_data(report), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
