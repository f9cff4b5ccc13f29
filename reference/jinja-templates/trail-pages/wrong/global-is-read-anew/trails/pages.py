"""The pages that visitors see, and the feed."""

from flask import Blueprint, Response, abort, render_template, request
from werkzeug.exceptions import NotFound

from .store import get_store

pages = Blueprint("pages", __name__)


@pages.get("/")
def index() -> str:
    q = request.args.get("q", "")
    trails = get_store().trails(q)
    map_data = [{"id": trail.id, "name": trail.name, "km": trail.km} for trail in trails]
    return render_template("index.html", q=q, trails=trails, map_data=map_data)


@pages.get("/trails/<int:trail_id>")
def trail(trail_id: int) -> str:
    found = get_store().trail(trail_id) or abort(404)
    return render_template("trail.html", trail=found, nearby=get_store().nearby(found))


@pages.get("/about")
def about() -> str:
    return render_template("about.html")


@pages.get("/feed")
def feed() -> Response:
    xml = render_template("feed.xml", reports=get_store().reports())
    return Response(xml, content_type="application/rss+xml; charset=utf-8")


def no_such_page(_error: NotFound) -> tuple[str, int]:
    """For the whole app: also where no route, and so no blueprint, has been found."""
    return render_template("not_found.html"), 404
