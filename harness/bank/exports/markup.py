"""Texts of questions as other programs want them: Markdown as HTML, and what XML has no way to write."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from xml.etree import ElementTree as ET

from harness.markdown import parser

REFERENCES = "References:"
# What XML 1.0 has no way to write, not even as a reference.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_html(markdown: str, *, highlighted: bool = False) -> str:
    """A text as HTML blocks. Raw HTML in it is text, images are not made; code names its language in a class.

    ``highlighted`` code has a class per token besides, as Pygments names them.
    """
    return str(parser(highlighted=highlighted).render(markdown.strip())).strip()


def explained(explanation: str, references: Sequence[str]) -> str:
    """An explanation as HTML, with its references as a list below it."""
    html = to_html(explanation)
    if not references:
        return html
    listed = "".join(f"<li>{escape(reference, quote=False)}</li>\n" for reference in references)
    return f"{html}\n<p>{REFERENCES}</p>\n<ul>\n{listed}</ul>"


def document(root: ET.Element) -> bytes:
    """The XML document, with U+FFFD for characters that XML forbids."""
    for element in root.iter():
        if element.text:
            element.text = _FORBIDDEN.sub("\ufffd", element.text)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'.encode()


def child(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    """A new element of ``parent``."""
    element = ET.SubElement(parent, tag, attributes)
    if text:
        element.text = text
    return element
