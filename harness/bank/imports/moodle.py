"""Reads Moodle XML: questions of the type ``multichoice``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from harness.bank.imports.markup import from_plain, lost_tags, split_references, to_markdown
from harness.bank.imports.model import TO_WRITE, Found, FoundOption, Reading
from harness.domain.content import Level, Pool
from harness.domain.errors import UsageError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

CHOICES = ("multichoice", "multichoiceset")  # the second is the plugin that scores all or nothing
LEFT_OUT = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback", "hint")
LINE = "\0line"  # no attribute of a document can have this name


def read(data: bytes, name: str) -> Reading:
    """The questions of the file ``name``. Raises UsageError for what is no Moodle XML, or would expand entities."""
    root = _parse(data, name)
    if root.tag != "quiz":
        raise UsageError(f"{name} is no Moodle XML: its root is <{root.tag}>, not <quiz>.")
    reading = Reading()
    for number, element in enumerate(root.findall("question"), start=1):
        kind = element.get("type", "")
        title = _plain(element, "name/text")
        where = f"{name}, question {number} (line {element.get(LINE)})"
        if kind in CHOICES:
            _read_question(reading, where, title, element)
        elif kind != "category":
            reading.refuse(where, f"questions of the type {kind!r} have no form here")
    return reading


class _Builder(ET.TreeBuilder):
    """Notes at each element the line where it begins."""

    expat: Any = None

    def start(self, tag: Any, attrs: dict[Any, Any], /) -> Element:
        return super().start(tag, attrs | {LINE: str(self.expat.CurrentLineNumber)})


def _parse(data: bytes, name: str) -> Element:
    builder = _Builder()
    parser: Any = DefusedXMLParser(target=builder, forbid_dtd=True)
    builder.expat = parser.parser
    try:
        parser.feed(data)
        root: Element = parser.close()
    except ET.ParseError as fault:
        raise UsageError(f"{name} is not well-formed XML: {fault}.") from fault
    except DefusedXmlException as fault:
        raise UsageError(f"{name} declares entities or a document type, which is refused.") from fault
    except (LookupError, ValueError) as fault:
        raise UsageError(f"{name} is in an encoding that can't be read: {fault}.") from fault
    return root


def _read_question(reading: Reading, where: str, title: str, element: Element) -> None:
    multi = element.get("type") == "multichoiceset" or _plain(element, "single").lower() in ("false", "0")
    faults: list[str] = []
    options = tuple(_options(element, multi, faults))
    general = element.find("generalfeedback")
    html, references = split_references(_plain(general, "text")) if general is not None else ("", ())
    if general is not None and references:
        text = general.find("text")
        assert text is not None  # the references came from it
        text.text = html
    stem = _text(element.find("questiontext"))
    tags = [_plain(tag, "text") for tag in element.iterfind("tags/tag")]
    levels = [level for level in Level if f"level:{level}" in tags]
    found = Found(
        where=where,
        name=title.rpartition("/")[2] or stem,
        multi=multi,
        stem=stem,
        explanation=_text(general) or TO_WRITE,
        options=options,
        references=references,
        level=levels[0] if levels else None,
        pool=Pool.EXAM if f"pool:{Pool.EXAM}" in tags else Pool.PRACTICE,
        note=f"Name in the file: {title}" if title else "",
    )
    for message in _left_out(element):
        reading.warn(where, message)
    reading.keep(found, faults)


def _options(element: Element, multi: bool, faults: list[str]) -> Iterator[FoundOption]:
    for number, answer in enumerate(element.findall("answer"), start=1):
        text = _text(answer)
        try:
            fraction = float(answer.get("fraction", "0"))
        except ValueError:
            faults.append(f"the fraction of answer {number} is {answer.get('fraction')!r}, which is no number")
            continue
        if not text:
            faults.append(f"answer {number} is empty")
        if not multi and 0 < fraction < 100:
            faults.append(f"answer {number} earns {fraction:g} of 100; a single choice is right or wrong here")
        yield FoundOption(text, _text(answer.find("feedback")) or TO_WRITE, fraction > 0)


def _left_out(element: Element) -> Iterator[str]:
    """What a question has and a draft of ours has no place for."""
    for tag in LEFT_OUT:
        if any(_plain(part, "text") for part in element.iterfind(tag)):
            yield f"its <{tag}> is left out"
    if element.find(".//file") is not None:
        yield "has embedded files, which are left out"
    html = " ".join(text.text or "" for text in element.iter("text"))
    if lost := lost_tags(html):
        yield f"has HTML that Markdown can't show: {', '.join(lost)}"


def _plain(element: Element | None, path: str) -> str:
    return ((element.findtext(path) if element is not None else None) or "").strip()


def _text(element: Element | None) -> str:
    """A text of Moodle's as Markdown, by the format that it names."""
    if element is None:
        return ""
    text = _plain(element, "text")
    match element.get("format", "html"):
        case "markdown":
            return text
        case "plain_text":
            return from_plain(text)
        case "moodle_auto_format":
            return to_markdown(re.sub(r"\n\s*\n", "<p>", text))
        case _:
            return to_markdown(text)
