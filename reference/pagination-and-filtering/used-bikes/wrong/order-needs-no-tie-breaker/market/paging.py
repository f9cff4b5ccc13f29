"""Pages that begin at a place in the sorting, not at a number of rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from flask import abort, current_app
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import exists

from .models import Bike, db
from .search import Place, Search, Sorting


@dataclass(frozen=True)
class Cursor:
    """Which way to read, and from where."""

    sorting: Sorting
    place: Place
    backwards: bool

    def to_text(self) -> str:
        value = self.place.value
        written = value.isoformat() if isinstance(value, datetime) else value
        return serializer(self.sorting).dumps([written, self.place.ref, self.backwards])

    @classmethod
    def from_text(cls, text: str, sorting: Sorting) -> Self:
        try:
            written, ref, backwards = serializer(sorting).loads(text)
        except BadData:
            abort(400, "This cursor does not belong to this list")
        value = datetime.fromisoformat(written) if isinstance(written, str) else written
        return cls(sorting, Place(value, ref), backwards)


@dataclass(frozen=True)
class Page:
    bikes: Sequence[Bike]
    prev: Cursor | None = None
    next: Cursor | None = None


def serializer(sorting: Sorting) -> URLSafeSerializer:
    """Each sorting signs with a key of its own: a cursor of another one is as bad as a forged one."""
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"bikes by {sorting.name}")


def read_page(search: Search, cursor: Cursor | None) -> Page:
    """The page that a cursor points at; the first page without one."""
    backwards = cursor is not None and cursor.backwards
    query = search.query().order_by(*search.sorting.order(backwards)).limit(search.limit)
    if cursor is not None:
        query = query.where(search.sorting.beyond(cursor.place, backwards))
    bikes = list(db.session.scalars(query))
    if backwards:
        bikes.reverse()
    if not bikes:
        return Page(bikes)
    return Page(bikes, prev=beside(search, bikes[0], True), next=beside(search, bikes[-1], False))


def beside(search: Search, bike: Bike, backwards: bool) -> Cursor | None:
    """A cursor at this bike, if there is anything on that side of it. EXISTS looks for one row and counts none."""
    place = search.sorting.place_of(bike)
    others = exists().where(*search.conditions, search.sorting.beyond(place, backwards))
    return Cursor(search.sorting, place, backwards) if db.session.scalar(others.select()) else None
