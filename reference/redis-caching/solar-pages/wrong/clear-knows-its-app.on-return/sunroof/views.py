"""The routes.

The database says which edition of a page is the current one, and the key of a cached page holds that. So a write makes
all older pages unreachable in the moment of its commit: nothing has to be deleted, and neither a slow run nor a Redis
that is away can bring an old page back.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps
from secrets import token_hex
from typing import Any

from flask import Blueprint, abort, g, request
from sqlalchemy import func, select

from sunroof import simulation
from sunroof.cache import ResultCache
from sunroof.models import Member, Reading, db

pages = Blueprint("pages", __name__)
cache = ResultCache()


def member_required(view: Callable[..., Any]) -> Callable[..., Any]:
    """Answers 401 unless the request carries a member's key; the member is ``g.member``."""

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        key = request.headers.get("X-Member-Key", "")
        g.member = db.session.scalar(select(Member).where(Member.key == key))
        if g.member is None:
            abort(401)
        return view(*args, **kwargs)

    return checked


@pages.errorhandler(simulation.SimulationFailed)
def simulation_failed(error: simulation.SimulationFailed) -> tuple[dict[str, str], int]:
    return {"error": "the simulation failed"}, 503


@pages.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


@pages.post("/members")
def add_member() -> tuple[dict[str, Any], int]:
    data = request.get_json()
    member = Member(name=data["name"], region=data["region"], key=token_hex(16))
    db.session.add(member)
    db.session.commit()
    return {"id": member.id, "name": member.name, "region": member.region, "key": member.key}, 201


@pages.put("/readings/<day>")
@member_required
def put_reading(day: str) -> tuple[str, int]:
    when = date.fromisoformat(day)
    reading = db.session.scalar(select(Reading).where(Reading.member_id == g.member.id, Reading.day == when))
    if reading is None:
        reading = Reading(member_id=g.member.id, day=when)
        db.session.add(reading)
    reading.kwh = request.get_json()["kwh"]
    g.member.edition = Member.edition + 1  # by the database: no two writes make it the same
    db.session.commit()
    return "", 204


@pages.get("/forecast")
@member_required
def forecast() -> dict[str, Any]:
    member = g.member

    def run() -> dict[str, Any]:
        kwhs = db.session.scalars(select(Reading.kwh).where(Reading.member_id == member.id)).all()
        return {"name": member.name, **simulation.forecast(kwhs)}

    return cache.fetch(f"forecast:{member.id}:{member.edition}", run)


@pages.get("/ranking")
@member_required
def ranking() -> dict[str, Any]:
    region = request.args.get("region")
    chosen = [] if region is None else [Member.region == region]

    def run() -> dict[str, Any]:
        query = (
            select(Member.name, func.coalesce(func.sum(Reading.kwh), 0))
            .outerjoin(Reading, Reading.member_id == Member.id)
            .where(*chosen)
            .group_by(Member.id)
        )
        return simulation.ranking([(name, total) for name, total in db.session.execute(query)])

    members, editions = db.session.execute(
        select(func.count(), func.coalesce(func.sum(Member.edition), 0)).where(*chosen)
    ).one()  # both only ever grow, and each write that the page shows makes the sum grow
    whose = "all" if region is None else f"in:{region}"
    return cache.fetch(f"ranking:{whose}:{members}:{editions}", run)
