"""The one place that makes text from a submission inert: what would act is shown, what is too long is cut.

Everything here returns text that can do nothing but be read. No terminal sequence, no writing direction, no invisible
character, no lone surrogate and no character that XML forbids is left in it; each stands there as a visible escape
(``\\x1b``, ``\\u202e``). What HTML, XML, JSON, CSV and rich each need on top is escaped by their own renderer.
"""

from __future__ import annotations

import re
import unicodedata

LINE_LIMIT = 300
MESSAGE_LIMIT = 4_000
TEXT_LIMIT = 20_000

# Invisible, although their category is that of letters, marks or symbols.
_FILLERS = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x2800, 0x3164, 0xFFA0}
_INVISIBLE = frozenset(_FILLERS.union(range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0)))
# Controls, formats (bidi, zero-width, tags), surrogates, private use, unassigned, line and paragraph separators.
_ACTING = frozenset(["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"])


def _escape(code: int) -> str:
    """How a character that must not act is shown."""
    short = {0x09: "\\t", 0x0A: "\\n", 0x0D: "\\r"}
    if code in short:
        return short[code]
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


class _Table(dict[int, str]):
    """What ``str.translate`` puts for each character; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        acts = code in _INVISIBLE or unicodedata.category(chr(code)) in _ACTING
        self[code] = shown = _escape(code) if acts else chr(code)
        return shown


_ONE_LINE = _Table()
_MANY_LINES = _Table({0x0A: "\n"})
# So many combining marks on one letter paint over the lines around it. No script needs more than four.
PILED_MARKS = re.compile(r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{5,}")


def _unpile(match: re.Match[str]) -> str:
    marks = match.group()
    return marks[:4] + "".join(_escape(ord(mark)) for mark in marks[4:])


def _cut(text: str, limit: int) -> str:
    """At most about ``limit`` characters: a third from the beginning, the rest from the end, where errors stand."""
    if len(text) <= limit:
        return text
    head = limit // 3
    tail = limit - head
    return f"{text[:head]} … [{len(text) - limit:,} characters left out] … {text[-tail:]}"


def _decoded(text: str | bytes) -> str:
    return text.decode("utf-8", "backslashreplace") if isinstance(text, bytes) else text


def inert(text: str | bytes, limit: int = TEXT_LIMIT) -> str:
    """``text`` as lines that can only be read. Tabs become spaces, a CR LF one newline."""
    lines = _cut(_decoded(text), limit).replace("\r\n", "\n").expandtabs(4)
    return PILED_MARKS.sub(_unpile, lines.translate(_MANY_LINES))


def inert_line(text: str | bytes, limit: int = LINE_LIMIT) -> str:
    """``text`` as one line that can only be read: for names, ids and titles. A newline is shown, not obeyed."""
    return PILED_MARKS.sub(_unpile, _cut(_decoded(text), limit).translate(_ONE_LINE))
