"""Pages that begin behind a number of rows, which the cursor holds under a signature."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from flask import abort, current_app
from itsdangerous import BadData, URLSafeSerializer

from .models import Bike, db
from .search import Search, Sorting


@dataclass(frozen=True)
class Cursor:
    """How many rows come before the page."""

    sorting: Sorting
    offset: int

    def to_text(self) -> str:
        return serializer(self.sorting).dumps(self.offset)

    @classmethod
    def from_text(cls, text: str, sorting: Sorting) -> Self:
        try:
            return cls(sorting, serializer(sorting).loads(text))
        except BadData:
            abort(400, "This cursor does not belong to this list")


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
    offset = cursor.offset if cursor is not None else 0
    query = search.query().order_by(*search.sorting.order()).offset(offset).limit(search.limit + 1)
    found = db.session.scalars(query).all()
    bikes = found[: search.limit]
    if not bikes:
        return Page(bikes)
    before = Cursor(search.sorting, max(0, offset - search.limit)) if offset else None
    behind = Cursor(search.sorting, offset + search.limit) if len(found) > search.limit else None
    return Page(bikes, prev=before, next=behind)
