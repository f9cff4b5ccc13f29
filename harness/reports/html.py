"""A report as one HTML file: readable without a script, in the light and in the dark, on a phone and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.reports.pages import fragment, page

if TYPE_CHECKING:
    from markupsafe import Markup

    from harness.reports.model import Report


def render(report: Report) -> str:
    """The whole page."""
    return page("report.html", report=report)


def render_body(report: Report) -> Markup:
    """Its head and body, for a page of the platform."""
    return fragment("_body.html", report=report)
