"""The formats that a report can be rendered to, by name. A renderer is loaded when it is first used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from harness.reports.model import Report


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the name it is asked for by, the suffix of its files, and the module that renders it."""

    name: str
    suffix: str
    module: str

    def render(self, report: Report) -> str:
        """The report in this format."""
        renderer = cast("Callable[[Report], str]", import_module(self.module).render)
        return renderer(report)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        name: Format(name, suffix, f"harness.reports.{module}")
        for name, suffix, module in (
            ("text", ".txt", "terminal"),
            ("html", ".html", "html"),
            ("json", ".json", "json"),
            ("junit", ".xml", "junit"),
            ("ctrf", ".ctrf.json", "ctrf"),
            ("gradescope", ".gradescope.json", "gradescope"),
            ("exercism", ".exercism.json", "exercism"),
        )
    }
)
