"""The guided walks of a walking club."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Flask, Response, abort, json, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BaseConverter


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


class GuideConverter(BaseConverter):
    regex = r"[^/ ]+"

    def to_python(self, value: str) -> str:
        return value.replace("_", " ")

    def to_url(self, value: str) -> str:
        return super().to_url(value.replace(" ", "_"))


def parse_day(text: str) -> date | None:
    """The day of an address, or None if it is not one."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def to_json(walk: Walk) -> dict[str, Any]:
    return {
        "id": walk.id,
        "day": walk.day.isoformat(),
        "guide": walk.guide,
        "url": url_for("show_walk", walk_id=walk.id, _external=True),
        "day_url": url_for("show_day", text=walk.day.isoformat()),
        "guide_url": url_for("show_guide", guide=walk.guide),
    }


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app with an empty diary; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.from_mapping(config or {})
    app.url_map.converters["guide"] = GuideConverter
    diary = Diary()

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/walks/")
    def list_walks() -> dict[str, Any]:
        return {"walks": [to_json(walk) for walk in diary.select()]}

    @app.post("/walks/")
    def add_walk() -> tuple[dict[str, Any], int, dict[str, str]]:
        data = request.get_json()
        walk = diary.add(date.fromisoformat(data["day"]), data["guide"])
        location = url_for("show_walk", walk_id=walk.id, _external=True)
        return to_json(walk), 201, {"Location": location}

    @app.get("/walks/<int:walk_id>")
    def show_walk(walk_id: int) -> dict[str, Any]:
        walk = diary.find(walk_id)
        if walk is None:
            abort(404)
        return to_json(walk)

    @app.get("/days/<text>/")
    def show_day(text: str) -> dict[str, Any]:
        day = parse_day(text)
        if day is None:
            abort(400)
        guide = request.args.get("guide")
        return {
            "day": day.isoformat(),
            "previous": url_for("show_day", text=day - timedelta(days=1), guide=guide),
            "next": url_for("show_day", text=day + timedelta(days=1), guide=guide),
            "walks": [to_json(walk) for walk in diary.select(day, guide)],
        }

    @app.get("/guides/<guide:guide>")
    def show_guide(guide: str) -> dict[str, Any]:
        return {"guide": guide, "walks": [to_json(walk) for walk in diary.select(guide=guide)]}

    @app.errorhandler(HTTPException)
    def show_error(error: HTTPException) -> Response:
        response = error.get_response()
        response.data = json.dumps({"error": error.name})
        response.content_type = "application/json"
        return response

    return app
