"""The routes. pydantic checks the query string, and cursors are JWTs whose subject is the sorting."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

import jwt
from flask import Blueprint, abort, current_app, request
from jwt.exceptions import PyJWTError
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import and_, func, literal, or_, select, text
from sqlalchemy.exc import IntegrityError

from .models import Bike, db

bp = Blueprint("market", __name__)


@bp.post("/bikes")
def add_bikes() -> tuple[dict[str, Any], int]:
    bikes = [Bike.from_dict(data) for data in request.get_json()["bikes"]]
    db.session.add_all(bikes)
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        abort(409)
    return {"bikes": [bike.to_dict() for bike in bikes]}, 201


@bp.delete("/bikes/<ref>")
def remove_bike(ref: str) -> tuple[str, int]:
    bike = db.session.get(Bike, ref) or abort(404)
    db.session.delete(bike)
    db.session.commit()
    return "", 204


class Query(BaseModel):
    model_config = ConfigDict(extra="forbid")

    brand: list[str] = []
    electric: Literal["true", "false"] | None = None
    listed_from: date | None = None
    listed_until: date | None = None
    sort: Literal["price", "-price", "year", "-year", "listed_at", "-listed_at"] = "-listed_at"
    limit: Annotated[int, Field(ge=1)] = 20
    cursor: str | None = None


@bp.get("/bikes")
def bikes() -> tuple[dict[str, Any], int, dict[str, str]]:
    raw = {name: values if name == "brand" else values[0] for name, values in request.args.lists()}
    try:
        query = Query.model_validate(raw)
        cursor = opened(query) if query.cursor is not None else {"aud": "next"}
    except (ValidationError, PyJWTError) as problem:
        abort(400, str(problem))
    limit = min(query.limit, 100)
    forward = cursor["aud"] == "next"
    found = fetch(query, cursor, limit + 1)
    more = len(found) > limit
    found = found[:limit] if forward else found[:limit][::-1]
    # On the side that the client came from there are usually bikes, but they may have gone.
    ways = set()
    if found:
        if more:
            ways.add("next" if forward else "prev")
        behind = "prev" if forward else "next"
        if "ref" in cursor and fetch(query, place(query, found[0 if forward else -1], behind), 1):
            ways.add(behind)
    ends = {"prev": found[:1], "next": found[-1:]}
    links = [f'<{url(query, place(query, ends[way][0], way))}>;rel="{way}"' for way in sorted(ways)]
    headers = {"Link": ", ".join(links)} if links else {}
    return {"bikes": [bike.to_dict() for bike in found]}, 200, headers


def place(query: Query, bike: Bike, way: str) -> dict[str, str]:
    """What a cursor says: everything as text, as SQLite would write it."""
    value = getattr(bike, query.sort.removeprefix("-"))
    return {"sub": query.sort, "aud": way, "ref": bike.ref, "value": str(value)}


def url(query: Query, claims: dict[str, str]) -> str:
    token = jwt.encode(claims, current_app.config["SECRET_KEY"], "HS256")
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "cursor"]
    return f"?{urlencode([*kept, ('cursor', token)])}"


def opened(query: Query) -> dict[str, str]:
    key = current_app.config["SECRET_KEY"]
    return jwt.decode(query.cursor, key, ["HS256"], audience=["next", "prev"], subject=query.sort)


def fetch(query: Query, cursor: dict[str, str], count: int) -> list[Bike]:
    """The next rows from a place on, in the direction of reading."""
    column = query.sort.removeprefix("-")
    forward = cursor["aud"] == "next"
    down = query.sort.startswith("-") == forward
    statement = select(Bike)
    if "ref" in cursor:
        value = int(cursor["value"]) if column != "listed_at" else datetime.fromisoformat(cursor["value"])
        mine, theirs = getattr(Bike, column), literal(value, getattr(Bike, column).type)
        same = and_(mine == theirs, Bike.ref > cursor["ref"] if forward else Bike.ref < cursor["ref"])
        statement = statement.where(or_(mine < theirs if down else mine > theirs, same))
    if query.brand:
        statement = statement.where(or_(*(Bike.brand == brand for brand in query.brand)))
    if query.electric:
        statement = statement.where(Bike.electric == (query.electric == "true"))
    if query.listed_from:
        statement = statement.where(func.date(Bike.listed_at) >= query.listed_from.isoformat())
    if query.listed_until:
        statement = statement.where(func.date(Bike.listed_at) <= query.listed_until.isoformat())
    order = text(f"{column} {'desc' if down else 'asc'}, ref {'asc' if forward else 'desc'}")
    return list(db.session.scalars(statement.order_by(order).limit(count)))
