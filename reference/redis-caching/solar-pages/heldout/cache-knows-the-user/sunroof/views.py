"""The routes. Every view of a page runs the simulation."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from secrets import token_hex
from typing import Any

from flask import Blueprint, abort, g, request
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from sunroof import simulation
from sunroof.cache import cached
from sunroof.models import Member, Reading, db, forecast_page, page_version, ranking_page, renew_pages

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

    def add() -> dict[str, Any]:
        member = Member(name=data["name"], region=data["region"], key=token_hex(16))
        db.session.add(member)
        db.session.flush()
        renew_pages(forecast_page(), ranking_page(member.region), ranking_page(None))
        return {"id": member.id, "name": member.name, "region": member.region, "key": member.key}

    return committed(add), 201


@pages.put("/readings/<day>")
@member_required
def put_reading(day: str) -> tuple[str, int]:
    when = date.fromisoformat(day)
    kwh = request.get_json()["kwh"]
    member_id, region = g.member.id, g.member.region

    def put() -> None:
        reading = db.session.scalar(select(Reading).where(Reading.member_id == member_id, Reading.day == when))
        if reading is None:
            reading = Reading(member_id=member_id, day=when)
            db.session.add(reading)
        reading.kwh = kwh
        db.session.flush()
        renew_pages(forecast_page(), ranking_page(region), ranking_page(None))

    committed(put)
    return "", 204


@pages.get("/forecast")
@member_required
def forecast() -> dict[str, Any]:
    member_id, name = g.member.id, g.member.name

    def compute() -> dict[str, Any]:
        kwhs = db.session.scalars(select(Reading.kwh).where(Reading.member_id == member_id)).all()
        db.session.rollback()  # gives the connection back: a run is long
        return {"name": name, **simulation.forecast(kwhs)}

    return page(forecast_page(), compute)


@pages.get("/ranking")
@member_required
def ranking() -> dict[str, Any]:
    region = request.args.get("region")

    def compute() -> dict[str, Any]:
        query = (
            select(Member.name, func.coalesce(func.sum(Reading.kwh), 0))
            .outerjoin(Reading, Reading.member_id == Member.id)
            .group_by(Member.id)
        )
        if region is not None:
            query = query.where(Member.region == region)
        totals = [(name, total) for name, total in db.session.execute(query)]
        db.session.rollback()
        return simulation.ranking(totals)

    return page(ranking_page(region), compute)


def page(name: str, compute: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The present version of a page."""
    version = page_version(name)
    db.session.rollback()  # no connection is held while others compute
    return cached(f"{version}:{name}", compute)


def committed(write: Callable[[], Any]) -> Any:
    """Makes a write and commits it; once more if another one has just added the same row."""
    try:
        result = write()
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        result = write()
        db.session.commit()
    return result
