"""Text that people give themselves, before it is kept: nothing in it is invisible or turns what stands beside it."""

from __future__ import annotations

import unicodedata

from harness.reports.inert import PILED_MARKS, inert_line
from harness.services.errors import Refused, Why

# Between letters of Persian and of Indian scripts these change the word; on their own they do nothing.
JOINERS = "\u200c\u200d"
BREAKS = "\n\t"


def readable(text: str) -> str:
    """``text`` in composed form, without characters that only act: controls, directions, blanks that look like nothing.

    Its lines stay.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = "".join(one for one in text if one in JOINERS or one in BREAKS or inert_line(one) == one)
    return PILED_MARKS.sub(lambda match: match.group()[:4], kept)


def one_line(text: str, most: int, what: str) -> str:
    """The same as one line of 1 to ``most`` characters; ``what`` is how a refusal calls it. Raises Refused."""
    line = " ".join(readable(text).split())
    if not line.strip(JOINERS) or len(line) > most:
        raise Refused(Why.INVALID, f"{what} has 1 to {most} characters.")
    return line
