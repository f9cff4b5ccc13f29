"""The guided walks of a walking club. The walks are kept here; their addresses are yours to add."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask


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


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app with an empty diary; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.from_mapping(config or {})
    diary = Diary()  # noqa: F841  (your views need it)

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    return app
