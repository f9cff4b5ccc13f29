"""A report as JSON, as ``schema/report-1.json`` says: the report itself, field by field, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from enum import Enum
from importlib.resources import files
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from harness.reports.model import Report


def as_data(report: Report) -> dict[str, Any]:
    """The report as plain dicts and lists."""
    return asdict(report)


def read(data: Mapping[str, Any]) -> Report:
    """The report that ``as_data`` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    found: Report = _read(Report, data)
    return found


def _read(kind: Any, value: Any) -> Any:
    """``value`` as the annotation ``kind`` wants it: a record, a tuple, a value of an enumeration, or as it is."""
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: _read(hints[name], one) for name, one in value.items()})  # type: ignore[operator]
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], one) for one in value)
    if isinstance(kind, UnionType):
        return None if value is None else _read(get_args(kind)[0], value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    return value


def schema() -> dict[str, Any]:
    """The published JSON Schema (draft 2020-12) of this format."""
    text = files("harness.reports").joinpath("schema/report-1.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def render(report: Report) -> str:
    """The report as indented JSON, with a newline at its end."""
    return json.dumps(as_data(report), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
