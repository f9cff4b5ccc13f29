"""Dogs and stays, many at a time."""

import csv
import io
from typing import Any

from flask import Blueprint, Response, g, request
from sqlalchemy import Select, func, or_, select

from kennel.models import Dog, Stay, db
from kennel.people import is_keeper, login_required

lists = Blueprint("lists", __name__)


def reached(query: Select[Any]) -> Select[Any]:
    """A query about dogs, narrowed down to those that the account reaches: one's own, or all for keepers."""
    return query if is_keeper() else query.where(Dog.owner_id == g.account.id)


@lists.get("/dogs")
@login_required
def all_dogs() -> list[dict[str, Any]]:
    """One's own dogs; keepers see all, or those of one owner."""
    query = reached(select(Dog)).order_by(Dog.name, Dog.id)
    owner_id = request.args.get("owner_id", type=int)
    if owner_id is not None:
        query = query.where(Dog.owner_id == owner_id)
    return [dog.as_json() for dog in db.session.scalars(query)]


@lists.get("/stays")
@login_required
def all_stays() -> list[dict[str, Any]]:
    """Stays, by the day on which they begin."""
    query = reached(select(Stay).join(Stay.dog)).order_by(Stay.arrives, Stay.id)
    if status := request.args.get("status"):
        query = query.where(Stay.status == status)
    return [stay.as_json() for stay in db.session.scalars(query)]


@lists.get("/search")
@login_required
def search() -> dict[str, Any]:
    """Dogs by a word in their name or notes."""
    word = request.args.get("q", "")
    found = or_(Dog.name.contains(word, autoescape=True), Dog.notes.contains(word, autoescape=True))
    total = db.session.scalar(reached(select(func.count(Dog.id)).where(found)))
    page = reached(select(Dog).where(found)).order_by(Dog.name, Dog.id).limit(10)
    return {"total": total, "dogs": [dog.as_json() for dog in db.session.scalars(page)]}


@lists.get("/stays.csv")
@login_required
def export() -> Response:
    """Stays as a table."""
    buffer = io.StringIO()
    table = csv.writer(buffer)
    table.writerow(["dog", "arrives", "nights", "price"])
    rows = reached(select(Dog.name, Stay.arrives, Stay.nights, Stay.price).join(Stay.dog))
    table.writerows(db.session.execute(rows.order_by(Stay.arrives, Stay.id)))
    return Response(buffer.getvalue(), mimetype="text/csv")
