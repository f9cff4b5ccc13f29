"""HTML pages that stand alone: one file, no script, nothing loaded, and a policy that forbids both."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from harness.reports.prose import to_html, to_inline_html
from harness.reports.words import points


def page(template: str, styles: str = "", **values: Any) -> str:
    """The page that ``template`` makes of ``values``, with its stylesheet inlined and allowed by its hash.

    ``styles`` are rules beside those of all reports.
    """
    css = _stylesheet() + styles
    return _environment().get_template(template).render(css=Markup(css), policy=_policy(css), **values)  # noqa: S704


def frame(title: str, body: Markup, styles: str) -> str:
    """The page around ``body``, which somebody else made."""
    return page("frame.html", styles, title=title, body=body)


def fragment(template: str, **values: Any) -> Markup:
    """A part of a page that somebody else frames, with ``report.css`` among its stylesheets."""
    return Markup(_environment().get_template(template).render(**values))  # noqa: S704


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("harness.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(prose=to_html, sentence=to_inline_html, moment=moment, number=number, points=points)
    return environment


@cache
def _stylesheet() -> str:
    return files("harness.reports").joinpath("static/report.css").read_text("utf-8")


def _policy(css: str) -> str:
    """What the page may do: show itself with this one stylesheet."""
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def moment(iso: str) -> str:
    """An ISO time as people write it, in UTC; what is no time is left as it is."""
    try:
        when = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    return f"{when.day} {when:%B %Y, %H:%M} UTC"


def number(value: float) -> str:
    """A score as people write it: 75, 66.7."""
    return f"{value:g}"
