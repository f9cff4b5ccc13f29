"""Why a deed was not done."""

from __future__ import annotations

from enum import StrEnum

from harness.domain.errors import AssayError


class Why(StrEnum):
    """What a page or a program can tell apart."""

    UNKNOWN = "unknown"  # there is no such thing, or not for this person
    NOT_NOW = "not-now"  # too early, too late, over, or already done
    FORBIDDEN = "forbidden"
    INVALID = "invalid"  # what was sent does not fit
    CONFLICT = "conflict"  # somebody else, or another tab, was faster
    TOO_MANY = "too-many"


class Refused(AssayError):
    """A deed that was not done; nothing was changed. The message is for the person who tried."""

    def __init__(self, why: Why, message: str) -> None:
        super().__init__(message)
        self.why = why
