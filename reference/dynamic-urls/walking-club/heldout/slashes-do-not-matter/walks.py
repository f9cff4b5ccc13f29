"""The guided walks of a walking club, and their addresses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Flask, Response, abort, json, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BaseConverter, IntegerConverter, ValidationError


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


class NumberConverter(IntegerConverter):
    """A number without leading zeros: each walk has one address only."""

    regex = "[1-9][0-9]*"


class DayConverter(BaseConverter):
    """A day as ``2025-06-14``."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise ValidationError from error

    def to_url(self, value: date) -> str:
        return value.isoformat()


class GuideConverter(BaseConverter):
    """A guide's name with ``_`` for each space."""

    regex = r"\S+"

    def to_python(self, value: str) -> str:
        return value.replace("_", " ")

    def to_url(self, value: str) -> str:
        return super().to_url(value.replace(" ", "_"))


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app with an empty diary; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.from_mapping(config or {})
    app.url_map.strict_slashes = False
    app.url_map.converters.update(number=NumberConverter, day=DayConverter, guide=GuideConverter)
    diary = Diary()

    def shown(walk: Walk) -> dict[str, Any]:
        return {
            "id": walk.id,
            "day": walk.day.isoformat(),
            "guide": walk.guide,
            "url": url_for("show_walk", number=walk.id, _external=True),
            "day_url": url_for("show_day", day=walk.day),
            "guide_url": url_for("show_guide", guide=walk.guide),
        }

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/walks/")
    def list_walks() -> dict[str, Any]:
        return {"walks": [shown(walk) for walk in diary.select()]}

    @app.post("/walks/")
    def add_walk() -> tuple[dict[str, Any], int, dict[str, str]]:
        body = request.get_json()
        walk = shown(diary.add(date.fromisoformat(body["day"]), body["guide"]))
        return walk, 201, {"Location": walk["url"]}

    @app.get("/walks/<number:number>")
    def show_walk(number: int) -> dict[str, Any]:
        walk = diary.find(number)
        if walk is None:
            abort(404)
        return shown(walk)

    @app.get("/days/<day:day>/")
    def show_day(day: date) -> dict[str, Any]:
        guide = request.args.get("guide")
        one = timedelta(days=1)
        return {
            "day": day.isoformat(),
            "previous": url_for("show_day", day=day - one, guide=guide),
            "next": url_for("show_day", day=day + one, guide=guide),
            "walks": [shown(walk) for walk in diary.select(day, guide)],
        }

    @app.get("/guides/<guide:guide>")
    def show_guide(guide: str) -> dict[str, Any]:
        return {"guide": guide, "walks": [shown(walk) for walk in diary.select(guide=guide)]}

    @app.errorhandler(404)
    @app.errorhandler(405)
    def as_json(error: HTTPException) -> Response:
        response = error.get_response()  # keeps the header Allow
        response.data = json.dumps({"error": error.description})
        response.content_type = "application/json"
        return response

    return app
