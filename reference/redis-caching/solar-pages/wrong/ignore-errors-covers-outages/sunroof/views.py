"""The routes. The key of a kept page names its edition, which the database knows."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from secrets import token_hex
from typing import Any

from flask import Blueprint, abort, g, request
from sqlalchemy import func, select

from sunroof import simulation
from sunroof.kept import kept
from sunroof.models import Edition, Member, Reading, db

pages = Blueprint("pages", __name__)


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
    Edition.next("ranking", f"ranking of {member.region}")
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
    Edition.next(f"forecast of {g.member.id}", "ranking", f"ranking of {g.member.region}")
    db.session.commit()
    return "", 204


def forecast_key() -> str:
    subject = f"forecast of {g.member.id}"
    return f"{subject}, {Edition.of(subject)}"


def ranking_key() -> str:
    region = request.args.get("region")
    subject = "ranking" if region is None else f"ranking of {region}"
    return f"{subject}, {Edition.of(subject)}"


@pages.get("/forecast")
@member_required
@kept(forecast_key)
def forecast() -> dict[str, Any]:
    kwhs = db.session.scalars(select(Reading.kwh).where(Reading.member_id == g.member.id)).all()
    return {"name": g.member.name, **simulation.forecast(kwhs)}


@pages.get("/ranking")
@member_required
@kept(ranking_key)
def ranking() -> dict[str, Any]:
    query = (
        select(Member.name, func.coalesce(func.sum(Reading.kwh), 0))
        .outerjoin(Reading, Reading.member_id == Member.id)
        .group_by(Member.id)
    )
    if (region := request.args.get("region")) is not None:
        query = query.where(Member.region == region)
    return simulation.ranking([(name, total) for name, total in db.session.execute(query)])
