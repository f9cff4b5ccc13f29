"""GIFT, Moodle's text format, with texts as HTML.

What GIFT gives a meaning to is escaped by a backslash. Braces, backslashes and line breaks of a text are HTML's numeric
entities instead: programs do not agree on how GIFT writes those.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from harness.bank.exports.markup import explained, to_html
from harness.bank.exports.moodle import category_path, fractions

if TYPE_CHECKING:
    from harness.bank.exports.model import Export, Item

_OWN = re.compile("[~=#:]")
_ENTITIES = str.maketrans({"\r": ""} | {character: f"&#{ord(character)};" for character in "\\{}\n"})


def render(export: Export) -> bytes:
    """The text file: a category per topic, an empty line between questions."""
    parts = [f"// {export.title}"]
    for topic, items in export.topics():
        parts.append(f"$CATEGORY: {category_path(export, topic)}")
        parts += [_question(item) for item in items]
    return ("\n\n".join(parts) + "\n").encode()


def escape(text: str) -> str:
    """``text`` as GIFT writes it, on one line."""
    return _OWN.sub(r"\\\g<0>", text.translate(_ENTITIES))


def _question(item: Item) -> str:
    question = item.question
    lines = [f"::{escape(question.id)}::[html]{escape(to_html(question.stem))}{{"]
    for option, fraction in zip(item.options, fractions(item), strict=True):
        # A single answer is marked by "="; weights make Moodle show boxes instead of buttons.
        sign = f"~%{fraction}%" if item.multi else "=" if option.correct else "~"
        lines.append(f"\t{sign}{escape(to_html(option.text))}#{escape(to_html(option.why))}")
    lines += [f"\t####{escape(explained(question.explanation, question.references))}", "}"]
    return "\n".join(lines)
