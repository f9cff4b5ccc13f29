"""Texts in cells of Udemy's CSV: the Markdown itself on one line, encoded so that stripping tags takes nothing away.

An importer may delete whatever looks like a tag, fold white space, and must meet no line break. So:

- ``&``, ``<`` and ``>`` are HTML's entities;
- a line break is the character ⏎ between two spaces, except within a paragraph, where it only wraps a line;
- a tab is the character ⇥;
- spaces that would be folded (at the ends of a line, or two together) are no-break spaces;
- those three characters themselves, where a text has them, are numeric entities.
"""

from __future__ import annotations

import re
from html import unescape

from markdown_it import MarkdownIt

BREAK = "\u23ce"  # ⏎
TAB = "\u21e5"  # ⇥
HARD_SPACE = "\u00a0"
_FOLDED = re.compile(r"^ +| +$| {2,}")
_EMPTY_LINE = re.compile(f"(?<={BREAK})  (?={BREAK})")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_NUMBERED = ("\u2028", "\u2029", BREAK, TAB, HARD_SPACE)
_LITERAL = str.maketrans(_ENTITIES | {"\t": TAB} | {character: f"&#{ord(character)};" for character in _NUMBERED})
_MARKDOWN = MarkdownIt("commonmark").enable("table")


def encode(markdown: str) -> str:
    """A Markdown text as one line without tags."""
    lines = [_line(line) for line in unwrap(markdown).split("\n")]
    return _EMPTY_LINE.sub(" ", f" {BREAK} ".join(lines))


def decode(cell: str) -> str:
    """The Markdown text that ``encode`` made a cell of."""
    lines = re.split(f" ?{BREAK} ?", cell.strip(" "))
    return unescape("\n".join(lines).replace(HARD_SPACE, " ").replace(TAB, "\t"))


def unwrap(markdown: str) -> str:
    """The same Markdown with each paragraph on a line of its own. What is not a plain paragraph stays as it is."""
    lines = markdown.strip().replace("\r\n", "\n").replace("\r", "\n").split("\n")
    wraps: set[int] = set()
    for token in _MARKDOWN.parse("\n".join(lines)):
        if token.type == "paragraph_open" and token.level == 0 and token.map:
            start, end = token.map
            wraps.update(line for line in range(start, end - 1) if not lines[line].endswith(("  ", "\\")))
    text = lines[0]
    for number, line in enumerate(lines[1:], start=1):
        text = f"{text.rstrip()} {line.lstrip()}" if number - 1 in wraps else f"{text}\n{line}"
    return text


def _line(line: str) -> str:
    return _FOLDED.sub(lambda spaces: HARD_SPACE * len(spaces.group()), line.translate(_LITERAL))
