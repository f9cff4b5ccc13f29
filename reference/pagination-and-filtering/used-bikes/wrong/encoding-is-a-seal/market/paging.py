"""Pages that begin at a place in the sorting, not at a number of rows."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from flask import abort
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
        said = [self.sorting.name, written, self.place.ref, self.backwards]
        return urlsafe_b64encode(json.dumps(said).encode()).decode()

    @classmethod
    def from_text(cls, text: str, sorting: Sorting) -> Self:
        try:
            name, written, ref, backwards = json.loads(urlsafe_b64decode(text))
            value = datetime.fromisoformat(written) if sorting.name.endswith("listed_at") else int(written)
        except (ValueError, TypeError):
            abort(400, "This is no cursor")
        if name != sorting.name or not isinstance(ref, str):
            abort(400, "This cursor does not belong to this list")
        return cls(sorting, Place(value, ref), bool(backwards))


@dataclass(frozen=True)
class Page:
    bikes: Sequence[Bike]
    prev: Cursor | None = None
    next: Cursor | None = None


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
