"""Forms that stand open on the staff's pages, with what was written in them and not taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harness.services.comments import Place


@dataclass(frozen=True, slots=True)
class Form:
    """A form that is open: of a new comment at a place, of the comment ``ref``, or of a decision.

    A decision is about ``check``, or about the question of this ``number``.
    """

    place: Place | None = None
    ref: str = ""
    check: str = ""
    number: int = 0
    text: str = ""
    wrong: str = ""
    outcome: str = ""


NOTHING = Form()
