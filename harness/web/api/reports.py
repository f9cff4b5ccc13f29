"""What people reached: attempts with their scores and margins, reports, submissions and their files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import jsonify

from harness.reports import json as report_json
from harness.reports.model import Audience
from harness.services import assessments as deeds
from harness.services import listing, reporting, results, tasks
from harness.services.taking_away import as_data
from harness.store.models import JobState
from harness.web.api.asking import PageSchema, attachment, page_of, user
from harness.web.api.resource import Resource
from harness.web.api.schemas import AttemptSchema, SubmissionSchema
from harness.web.api.schemas import listing as listing_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Response

    from harness.store.models import Attempt, Submission

pages = Resource("api_reports", __name__, description="Attempts, reports and submissions")


@pages.route("/assessments/<ref>/attempts")
@pages.arguments(PageSchema, location="query")
@pages.response(200, listing_of(AttemptSchema))
def attempts(query: dict[str, Any], ref: str) -> Any:
    """Who has begun, the newest first, with the scores that stand now and their margins."""
    found = deeds.readable(ref, user())
    told, status, headers = page_of(
        lambda before, most: listing.attempts(found, before, most), query["limit"], query["after"]
    )
    figures = results.figures(told["items"])
    told["items"] = [_attempt(one, figures[one.id]) for one in told["items"]]
    return told, status, headers


def _attempt(attempt: Attempt, figures: results.Figures) -> dict[str, Any]:
    assert attempt.invitation is not None
    return {
        "ref": attempt.ref,
        "invitation": attempt.invitation.ref,
        "finished_at": attempt.finished_at,
        "pending": figures.pending,
        "know": _score(figures.know),
        "do": _score(figures.do),
    }


def _score(measured: results.Measured | None) -> dict[str, float | None]:
    if measured is None:
        return {"value": None, "low": None, "high": None}
    value, margin = measured
    return {"value": value, "low": margin.low, "high": margin.high}


@pages.route("/attempts/<ref>/report")
@pages.response(200, {"type": "object", "title": "Report"})
def report(ref: str) -> Response:
    """Everything that those are told who run the assessment; its fields are those of the report's JSON file."""
    return jsonify(as_data(reporting.for_staff(listing.attempt(ref, user()))))


@pages.route("/assessments/<ref>/submissions")
@pages.arguments(PageSchema, location="query")
@pages.response(200, listing_of(SubmissionSchema))
def submissions(query: dict[str, Any], ref: str) -> Any:
    """What was handed in, the newest first, without reports."""
    found = deeds.readable(ref, user())
    told, status, headers = page_of(
        lambda before, most: listing.submissions(found, before, most), query["limit"], query["after"]
    )
    told["items"] = shown_all(told["items"])
    return told, status, headers


@pages.route("/submissions/<ref>")
@pages.response(200, SubmissionSchema)
def submission(ref: str) -> dict[str, Any]:
    """One submission, with a grader's report of the result that counts."""
    return shown(listing.submission(ref, user()), Audience.GRADER)


@pages.route("/submissions/<ref>/files")
@pages.response(200, {"type": "string", "format": "binary"}, content_type="application/zip")
def files(ref: str) -> Response:
    """What was handed in, as a zip."""
    found = listing.submission(ref, user())
    return attachment(found.blob.content, f"submission-{found.ref}.zip", "application/zip")


def shown(one: Submission, audience: Audience | None = None) -> dict[str, Any]:
    """A submission as programs read it; with a report for ``audience``, where there is a result."""
    (told,) = shown_all([one])
    result = results.newest_result(one.id) if audience else None
    built = reporting.report_of(result, audience) if result and audience else None
    return told | {"report": report_json.as_data(built) if built else None}


def shown_all(some: Sequence[Submission]) -> list[dict[str, Any]]:
    """The same of many, without reports, in a few queries."""
    ids = [one.id for one in some]
    scores, states = results.scores_of(ids), tasks.states(ids)
    return [
        {
            "ref": one.ref,
            "task": one.item.frozen.item,
            "kind": one.kind.value,
            "sha256": one.digest,
            "received_at": one.received_at,
            "state": states.get(one.id, JobState.WAITING).value,
            "score": scores.get(one.id),
            "report": None,
        }
        for one in some
    ]
