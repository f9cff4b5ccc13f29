"""What an address says of the queue: its filters, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import request, url_for

from harness.services.grading_queue import Having, Stand, Wanted

if TYPE_CHECKING:
    from harness.store.models import Submission

STATES: dict[Stand | Having, str] = {
    Stand.UNGRADED: "not graded yet",
    Stand.GRADED: "graded",
    Stand.FAULT: "not judged, by a fault of ours",
    Having.APPEAL: "with an open appeal",
    Having.COMMENT: "with comments",
    Having.DRAFT: "with unpublished comments",
    Having.DECISION: "with a person's decision",
    Having.POINTS: "with points by hand to be given",
}
ORDER = "order"  # what every address within the queue has


def wanted() -> Wanted:
    """The filters of this request; what makes no sense is left out."""
    said = request.args.get("state", "")
    return Wanted(
        assessment=request.args.get("assessment", "")[:40],
        task=request.args.get("task", "")[:200],
        state=next((one for one in STATES if one == said), None),
        low=score("low"),
        high=score("high"),
        name=request.args.get("q", "").strip()[:100],
        counting="counting" in request.args,
        oldest=request.args.get(ORDER) == "oldest",
    )


def score(name: str) -> float | None:
    """A score from 0 to 100 of this name; None where there is none."""
    value = request.args.get(name, type=float)
    return value if value is not None and 0 <= value <= 100 else None


def from_queue() -> bool:
    """Whether somebody goes through the queue with this request."""
    return ORDER in request.args


def address(one: Wanted) -> dict[str, Any]:
    """The filters as the arguments of an address."""
    given = {
        "assessment": one.assessment,
        "task": one.task,
        "state": one.state.value if one.state else "",
        "low": one.low,
        "high": one.high,
        "q": one.name,
        "counting": "yes" if one.counting else "",
    }
    return {ORDER: "oldest" if one.oldest else "newest"} | {
        name: value for name, value in given.items() if value not in ("", None)
    }


def in_queue() -> dict[str, Any]:
    """The same of this request, where somebody goes through the queue; else nothing."""
    return address(wanted()) if from_queue() else {}


def page_of(submission: Submission, more: Mapping[str, Any]) -> str:
    """The address of a submission's page."""
    attempt = submission.item.attempt
    assert attempt.assessment is not None
    return url_for(
        "reports_of.submission",
        ref=attempt.assessment.ref,
        attempt_ref=attempt.ref,
        submission_ref=submission.ref,
        **more,
    )
