"""Where one goes from an attempt's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, url_for

from harness.store.models import AttemptKind

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from harness.store.models import Attempt


def way_out(attempt: Attempt) -> str:
    """The page above the attempt's own: an invited person's overview; where practice goes on, or its exam's report."""
    if attempt.invitation_id:
        return url_for("invited.overview")
    if attempt.kind is AttemptKind.EXAM and attempt.finished_at:
        return url_for("attempting.report", ref=attempt.ref)
    return url_for("practice.tasks" if attempt.kind is AttemptKind.TASK else "practice.index")


def leave(attempt: Attempt, why: str) -> Response:
    """Away from a page that can't be shown, with the reason."""
    flash(why, "problem")
    return redirect(way_out(attempt))
