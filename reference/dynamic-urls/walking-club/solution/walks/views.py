"""The pages. Every address in an answer comes from ``url_for``."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, abort, current_app, request, url_for

from .diary import Diary, Walk

ONE_DAY = timedelta(days=1)

pages = Blueprint("pages", __name__)


def diary() -> Diary:
    """The diary of the app that is asked."""
    found: Diary = current_app.extensions["diary"]
    return found


def as_dict(walk: Walk) -> dict[str, Any]:
    return {
        "id": walk.id,
        "day": walk.day.isoformat(),
        "guide": walk.guide,
        "url": url_for(".walk", number=walk.id, _external=True),
        "day_url": url_for(".day", day=walk.day),
        "guide_url": url_for(".guide", name=walk.guide),
    }


def as_dicts(walks: Iterable[Walk]) -> list[dict[str, Any]]:
    return [as_dict(walk) for walk in walks]


@pages.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


@pages.get("/walks/")
def walks() -> dict[str, Any]:
    return {"walks": as_dicts(diary().select())}


@pages.post("/walks/")
def add_walk() -> tuple[dict[str, Any], int, dict[str, str]]:
    sent = request.get_json()
    walk = as_dict(diary().add(date.fromisoformat(sent["day"]), sent["guide"]))
    return walk, 201, {"Location": walk["url"]}


@pages.get("/walks/<int:number>")
def walk(number: int) -> dict[str, Any]:
    return as_dict(diary().find(number) or abort(404))


@pages.get("/days/<day:day>/")
def day(day: date) -> dict[str, Any]:
    guide = request.args.get("guide")  # None is left out of the links
    return {
        "day": day.isoformat(),
        "previous": url_for(".day", day=day - ONE_DAY, guide=guide),
        "next": url_for(".day", day=day + ONE_DAY, guide=guide),
        "walks": as_dicts(diary().select(day=day, guide=guide)),
    }


@pages.get("/guides/<guide:name>")
def guide(name: str) -> dict[str, Any]:
    return {"guide": name, "walks": as_dicts(diary().select(guide=name))}
