"""A report as one HTML file: readable without a script, in the light and in the dark, on a phone and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.reports.pages import fragment, page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from harness.reports.model import Report


def render(report: Report) -> str:
    """The whole page."""
    return page("report.html", report=report, level=1, about="", beside={})


def render_body(report: Report, level: int = 1, about: str = "", beside: Mapping[str, Markup] | None = None) -> Markup:
    """Its head and body, for a page of the platform.

    ``level`` is the level of its title; ``about`` tells its ids from those of other reports on the page; ``beside``
    is what the page has to say under a check, by the check's id.
    """
    return fragment("_body.html", report=report, level=level, about=about, beside=beside or {})
