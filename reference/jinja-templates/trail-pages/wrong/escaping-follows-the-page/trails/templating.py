"""What every template can use: filters, a test, and the names that all pages need."""

import re
from typing import Any

from flask import Flask, current_app, session
from markupsafe import Markup

from .store import get_store

MILES_PER_KM = 0.621371


def distance(km: float, units: str = "km") -> str:
    """A distance in the units that are asked for: ``12.0 km``."""
    value = km * MILES_PER_KM if units == "mi" else km
    return f"{value:.1f} {units}"


def paragraphs(text: str) -> Markup:
    """Text as HTML: empty lines part paragraphs, other line breaks are kept. Whatever else it holds is escaped."""
    parts = re.split(r"\n{2,}", text.strip("\n"))
    return Markup("\n").join(Markup("<p>{}</p>").format(Markup("<br>").join(part.split("\n"))) for part in parts)


def is_web_address(link: str | None) -> bool:
    """Whether a link may stand in an ``href``: nothing but these schemes, for others may run scripts."""
    return bool(link) and link.lower().startswith(("http://", "https://"))


def names_for_all_pages() -> dict[str, Any]:
    """Read anew for each page that is rendered."""
    return {
        "site_name": current_app.config["SITE_NAME"],
        "closed_count": get_store().closed_count(),
        "units": session.get("units", "km"),
    }


def init_app(app: Flask) -> None:
    app.add_template_filter(distance)
    app.add_template_filter(paragraphs)
    app.add_template_test(is_web_address, "web_address")
    app.context_processor(names_for_all_pages)
