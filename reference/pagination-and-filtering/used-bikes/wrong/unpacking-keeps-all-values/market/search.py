"""What a query string asks for: filters, a sorting, a limit. What it may not ask for is answered with 400."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

from flask import abort
from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute
from werkzeug.datastructures import MultiDict

from .models import Bike

Args = MultiDict[str, str]

PARAMETERS = {"brand", "electric", "listed_from", "listed_until", "sort", "limit", "cursor"}
SORT_COLUMNS = {"price": Bike.price, "year": Bike.year, "listed_at": Bike.listed_at}
DEFAULT_SORT = "-listed_at"
DEFAULT_LIMIT = 20
MAX_LIMIT = 100


@dataclass(frozen=True)
class Place:
    """A place in a sorting. It stays one when the bike that it was taken from is gone."""

    value: int | datetime
    ref: str


@dataclass(frozen=True)
class Sorting:
    """An order that decides between any two bikes: by a column in either direction, then by ref, ascending."""

    name: str
    column: InstrumentedAttribute
    descending: bool

    @classmethod
    def from_name(cls, name: str) -> Self:
        descending = name.startswith("-")
        column = SORT_COLUMNS.get(name.removeprefix("-"))
        if column is None:
            abort(400, "There is no such sorting")
        return cls(name, column, descending)

    def place_of(self, bike: Bike) -> Place:
        return Place(getattr(bike, self.column.key), bike.ref)

    def order(self, backwards: bool) -> tuple[ColumnElement, ColumnElement]:
        value = self.column.desc() if self.descending != backwards else self.column.asc()
        return value, Bike.ref.desc() if backwards else Bike.ref.asc()

    def beyond(self, place: Place, backwards: bool) -> ColumnElement[bool]:
        """What comes after a place, or before it. The two columns may differ in direction, so no tuple will do."""
        further = self.column < place.value if self.descending != backwards else self.column > place.value
        further_ref = Bike.ref < place.ref if backwards else Bike.ref > place.ref
        return or_(further, and_(self.column == place.value, further_ref))


@dataclass(frozen=True)
class Search:
    """A checked query string, without its cursor."""

    conditions: tuple[ColumnElement[bool], ...]
    sorting: Sorting
    limit: int

    @classmethod
    def from_args(cls, args: Args) -> Self:
        if not args.keys() <= PARAMETERS:
            abort(400, "There is no such parameter")
        return cls(tuple(conditions(args)), Sorting.from_name(args.get("sort", DEFAULT_SORT)), limit_of(args))

    def query(self) -> Select[tuple[Bike]]:
        return select(Bike).where(*self.conditions)


def limit_of(args: Args) -> int:
    try:
        limit = int(args.get("limit", DEFAULT_LIMIT))
    except ValueError:
        abort(400, "limit must be a whole number")
    if limit < 1:
        abort(400, "limit must be at least 1")
    return min(limit, MAX_LIMIT)


def conditions(args: Args) -> Iterator[ColumnElement[bool]]:
    if "brand" in args:
        yield Bike.brand.in_(args.getlist("brand"))
    if "electric" in args:
        if args["electric"] not in ("true", "false"):
            abort(400, "electric must be true or false")
        yield Bike.electric.is_(args["electric"] == "true")
    if "listed_from" in args:
        yield Bike.listed_at >= midnight(args["listed_from"])
    if "listed_until" in args:
        yield Bike.listed_at < midnight(args["listed_until"], days_later=1)


def midnight(day: str, days_later: int = 0) -> datetime:
    """The beginning of a day that a client has written, or of one some days after it."""
    try:
        return datetime.combine(date.fromisoformat(day) + timedelta(days=days_later), time())
    except (ValueError, OverflowError):
        abort(400, f"{day!r} is no day")
