"""The hostile submissions, as data: a module per group of the catalogue, a ``Case`` per number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.hostile.arena import Files


@dataclass(frozen=True)
class Case:
    """A submission with a trick, and its twin without.

    ``naive`` are options of the control's run. ``uncontrolled`` says why plain pytest can't be shown to fall for it.
    """

    id: str
    files: Files
    twin: Files
    naive: Mapping[str, Any] = field(default_factory=dict)
    uncontrolled: str = ""
