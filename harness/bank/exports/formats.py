"""The formats of ``assay bank export``, by name. A renderer is loaded when it is first used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from harness.bank.exports.model import Export


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, what it is, the suffix of its files, and where its renderer is."""

    name: str
    description: str
    suffix: str
    renderer: str  # "module:function" within this package

    def render(self, export: Export) -> bytes:
        """The export in this format. Raises ContentError where the format can't hold it."""
        module, _, function = self.renderer.partition(":")
        renderer = getattr(import_module(f"harness.bank.exports.{module}"), function)
        return cast("Callable[[Export], bytes]", renderer)(export)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        format_.name: format_
        for format_ in (
            Format("udemy", "Udemy practice test, for its bulk upload", ".csv", "udemy:render"),
            Format("moodle", "Moodle XML", ".xml", "moodle:render"),
            Format("gift", "GIFT, as Moodle and others read it", ".gift.txt", "gift:render"),
            Format("canvas", "Canvas classic quizzes (QTI 1.2 package)", ".zip", "canvas:render"),
            Format("anki", "Anki decks", ".apkg", "anki:render"),
            Format("json", "JSON with a schema, for programs", ".json", "json:render"),
            Format("book", "printable HTML, questions only", ".html", "book:render"),
            Format("book-with-answers", "printable HTML, with the explanations", ".html", "book:render_with_answers"),
        )
    }
)
