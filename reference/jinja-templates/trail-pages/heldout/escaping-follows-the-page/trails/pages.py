"""The pages of the site and its feed."""

import re
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, session
from markupsafe import Markup, escape
from werkzeug.exceptions import HTTPException

from .store import get_store

MILES_PER_KM = 0.621371
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

pages = Blueprint("pages", __name__)


@pages.app_context_processor
def for_every_page() -> dict[str, Any]:
    return {"closed_count": get_store().closed_count()}


@pages.app_template_filter()
def distance(km: float) -> str:
    """A distance in the units of the visitor."""
    if session.get("units") == "mi":
        return f"{km * MILES_PER_KM:.1f} mi"
    return f"{km:.1f} km"


@pages.app_template_filter()
def paragraphs(text: str) -> list[list[str]]:
    """The paragraphs of a text, each as a list of its lines."""
    text = text.replace("\r\n", "\n")
    return [part.split("\n") for part in re.split(r"\n{2,}", text.strip("\n")) if part]


@pages.app_template_test()
def web_link(link: str) -> bool:
    """Whether a link may be followed."""
    return link.lower().startswith(("http://", "https://"))


@pages.app_template_filter()
def xml(text: str) -> Markup:
    """Text for XML. Characters that XML cannot hold are replaced; a bare CR would be read as LF."""
    return escape(NOT_IN_XML.sub("\ufffd", text)).replace("\r", Markup("&#13;"))


@pages.get("/")
def index() -> str:
    q = request.args.get("q", "")
    trails = get_store().trails(q)
    places = [{"id": trail.id, "name": trail.name, "km": trail.km} for trail in trails]
    return render_template("index.html", q=q, trails=trails, places=places)


@pages.get("/trails/<int:trail_id>")
def trail(trail_id: int) -> str:
    store = get_store()
    found = store.trail(trail_id) or abort(404)
    return render_template("trail.html", trail=found, nearby=store.nearby(found))


@pages.get("/about")
def about() -> str:
    return render_template("about.html")


@pages.get("/feed")
def feed() -> Response:
    text = render_template("feed.xml", reports=get_store().reports())
    return Response(text, mimetype="application/rss+xml")


@pages.app_errorhandler(404)
def no_such_page(error: HTTPException) -> tuple[str, int]:
    return render_template("404.html"), 404
