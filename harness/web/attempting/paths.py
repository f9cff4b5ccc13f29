"""Where one goes from an attempt's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, url_for

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from harness.store.models import Attempt


def way_out(attempt: Attempt) -> str:
    """The page above the attempt's own: the overview of an invited person, the practice of everyone else."""
    return url_for("invited.overview") if attempt.invitation_id else url_for("home.index")


def leave(attempt: Attempt, why: str) -> Response:
    """Away from a page that can't be shown, with the reason."""
    flash(why, "problem")
    return redirect(way_out(attempt))
