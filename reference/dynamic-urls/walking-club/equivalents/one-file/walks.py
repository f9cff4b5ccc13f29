"""The guided walks of a walking club, in one file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from flask import Flask, jsonify, request, url_for
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import BaseConverter, ValidationError


@dataclass(frozen=True)
class Walk:
    id: int
    day: date
    guide: str


class Diary:
    """Keeps walks in memory, numbered from 1."""

    def __init__(self) -> None:
        self._walks: list[Walk] = []

    def add(self, day: date, guide: str) -> Walk:
        walk = Walk(len(self._walks) + 1, day, guide)
        self._walks.append(walk)
        return walk

    def find(self, number: int) -> Walk | None:
        """The walk with this number."""
        return next((walk for walk in self._walks if walk.id == number), None)

    def select(self, day: date | None = None, guide: str | None = None) -> list[Walk]:
        """The walks by id: all of them, or only those of a day, of a guide, or of both."""
        return [walk for walk in self._walks if day in (None, walk.day) and guide in (None, walk.guide)]


class IsoDay(BaseConverter):
    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value):
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            raise ValidationError() from None

    def to_url(self, value):
        return value.strftime("%Y-%m-%d")


class People(BaseConverter):
    """The words of a name, joined by underscores."""

    regex = "[^/]+"

    def to_python(self, value):
        if " " in value:
            raise ValidationError()
        return " ".join(value.split("_"))

    def to_url(self, value):
        return "_".join(quote(word, safe="") for word in value.split())


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    app = Flask(__name__)
    app.config.from_mapping(config or {})
    app.url_map.converters["iso"] = IsoDay
    app.url_map.converters["people"] = People
    diary = Diary()

    def absolute(walk):
        return request.url_root.rstrip("/") + f"/walks/{walk.id}"

    def shown(walk):
        return {
            "id": walk.id,
            "day": str(walk.day),
            "guide": walk.guide,
            "url": absolute(walk),
            "day_url": url_for("day_page", d=walk.day),
            "guide_url": url_for("guide_page", who=walk.guide),
        }

    @app.get("/health")
    def health():
        return {"status": "ok"}

    @app.route("/walks/", methods=["GET", "POST"])
    def walks():
        if request.method != "POST":
            return {"walks": [shown(walk) for walk in diary.select()]}
        walk = diary.add(date.fromisoformat(request.json["day"]), request.json["guide"])
        response = jsonify(shown(walk))
        response.status_code = 201
        response.location = absolute(walk)
        return response

    @app.route("/walks/<int:walk_id>")
    def walk_page(walk_id):
        walk = diary.find(walk_id)
        if walk is None:
            raise NotFound("There is no such walk.")
        return shown(walk)

    @app.route("/days/<iso:d>/")
    def day_page(d):
        query = {"guide": request.args["guide"]} if "guide" in request.args else {}
        return {
            "day": str(d),
            "previous": url_for("day_page", d=d - timedelta(1), **query),
            "next": url_for("day_page", d=d + timedelta(1), **query),
            "walks": [shown(walk) for walk in diary.select(d, query.get("guide"))],
        }

    @app.route("/guides/<people:who>")
    def guide_page(who):
        return {"guide": who, "walks": [shown(walk) for walk in diary.select(guide=who)]}

    @app.errorhandler(404)
    def not_found(error: NotFound):
        return jsonify(error="not found"), 404

    @app.errorhandler(405)
    def not_allowed(error: MethodNotAllowed):
        return jsonify(error="not allowed"), 405, {"Allow": ", ".join(sorted(error.valid_methods or ()))}

    return app
