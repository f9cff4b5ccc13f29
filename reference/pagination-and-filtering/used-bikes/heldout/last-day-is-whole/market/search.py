"""A search for bikes: what the parameters of GET /bikes mean, and the pages that they lead to.

The pages are cut by keyset: a cursor names a place in the list, (value of the sorted column, ref), and a direction. So
it stays good when the bike at that place is removed.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import ColumnElement, and_, or_, select
from werkzeug.datastructures import MultiDict

from .models import Bike, db

FILTERS = ("brand", "electric", "listed_from", "listed_until")
PARAMETERS = {*FILTERS, "sort", "limit", "cursor"}
COLUMNS = {"price": Bike.price, "year": Bike.year, "listed_at": Bike.listed_at}
SORTS = {*COLUMNS, *(f"-{name}" for name in COLUMNS)}
DEFAULT_SORT = "-listed_at"
DEFAULT_LIMIT = 20
MAX_LIMIT = 100


class BadRequest(ValueError):
    """A parameter is wrong."""


@dataclass(frozen=True)
class Place:
    """A place in the list."""

    value: Any
    ref: str


@dataclass(frozen=True)
class Page:
    bikes: list[Bike]
    has_next: bool
    has_prev: bool


def parse_day(name: str, text: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise BadRequest(f"{name} is a day such as 2026-03-01.")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadRequest(f"{name} is no day of the calendar.") from None


def parse_limit(text: str) -> int:
    if not re.fullmatch(r"[0-9]+", text) or not text.strip("0"):
        raise BadRequest("limit is a whole number from 1 on.")
    digits = text.lstrip("0")
    return MAX_LIMIT if len(digits) > 3 else min(int(digits), MAX_LIMIT)


def serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="bikes-cursor")


class Search:
    def __init__(self, args: MultiDict[str, str]) -> None:
        for name, values in args.lists():
            if name not in PARAMETERS:
                raise BadRequest(f"There is no parameter {name}.")
            if len(values) > 1 and name != "brand":
                raise BadRequest(f"{name} may come only once.")
        self.args = args
        self.sort = args.get("sort", DEFAULT_SORT)
        if self.sort not in SORTS:
            raise BadRequest("sort is none of those that there are.")
        self.limit = parse_limit(args["limit"]) if "limit" in args else DEFAULT_LIMIT
        self.filters = self._filters()
        self.rel, self.place = self._open_cursor(args["cursor"]) if "cursor" in args else ("next", None)

    @property
    def descending(self) -> bool:
        return self.sort.startswith("-")

    @property
    def column_name(self) -> str:
        return self.sort.removeprefix("-")

    def _filters(self) -> list[ColumnElement[bool]]:
        args = self.args
        filters: list[ColumnElement[bool]] = []
        if "brand" in args:
            filters.append(Bike.brand.in_(args.getlist("brand")))
        if "electric" in args:
            if args["electric"] not in ("true", "false"):
                raise BadRequest("electric is true or false.")
            filters.append(Bike.electric.is_(args["electric"] == "true"))
        if "listed_from" in args:
            day = parse_day("listed_from", args["listed_from"])
            filters.append(Bike.listed_at >= datetime.combine(day, time.min))
        if "listed_until" in args:
            day = parse_day("listed_until", args["listed_until"])
            filters.append(Bike.listed_at <= datetime.combine(day, time.min))
        return filters

    def _open_cursor(self, cursor: str) -> tuple[str, Place]:
        try:
            data = serializer().loads(cursor)
        except BadData:
            raise BadRequest("This cursor was not made here.") from None
        # Base64 has several spellings of the same bytes: only the one that was given out is good.
        if serializer().dumps(data) != cursor:
            raise BadRequest("This cursor was not made here.")
        sort, rel, value, ref = data
        if sort != self.sort:
            raise BadRequest("This cursor is for another sorting.")
        if self.column_name == "listed_at":
            value = datetime.fromisoformat(value)
        return rel, Place(value, ref)

    def _place_of(self, bike: Bike) -> Place:
        return Place(getattr(bike, self.column_name), bike.ref)

    def query(self, rel: str, bike: Bike) -> str:
        """The query string of the link to the page behind (next) or before (prev) this bike."""
        place = self._place_of(bike)
        value = place.value.isoformat() if isinstance(place.value, datetime) else place.value
        cursor = serializer().dumps([self.sort, rel, value, place.ref])
        kept = [(name, value) for name, value in self.args.items(multi=True) if name != "cursor"]
        return urlencode([*kept, ("cursor", cursor)])

    def _some(self, rel: str, place: Place | None, count: int) -> list[Bike]:
        """Up to ``count`` bikes from the place on, the nearest first."""
        column = COLUMNS[self.column_name]
        forward = rel == "next"
        falling = self.descending == forward
        query = select(Bike).where(*self.filters)
        if place is not None:
            query = query.where(
                or_(
                    column < place.value if falling else column > place.value,
                    and_(column == place.value, Bike.ref > place.ref if forward else Bike.ref < place.ref),
                )
            )
        query = query.order_by(
            column.desc() if falling else column.asc(), Bike.ref.asc() if forward else Bike.ref.desc()
        )
        return list(db.session.scalars(query.limit(count)))

    def page(self) -> Page:
        bikes = self._some(self.rel, self.place, self.limit + 1)
        more, bikes = len(bikes) > self.limit, bikes[: self.limit]
        if not bikes:
            return Page([], False, False)
        other = "prev" if self.rel == "next" else "next"
        others = self.place is not None and bool(self._some(other, self._place_of(bikes[0]), 1))
        if self.rel == "next":
            return Page(bikes, has_next=more, has_prev=others)
        return Page(bikes[::-1], has_next=others, has_prev=more)
