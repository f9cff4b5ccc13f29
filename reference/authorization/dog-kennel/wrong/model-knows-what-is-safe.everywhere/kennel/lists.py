"""Dogs and stays, many at a time."""

import csv
import io
from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy import and_, func, or_, select

from kennel.models import Dog, Stay, db
from kennel.people import within_reach

lists = Blueprint("lists", __name__)


@lists.get("/dogs")
def all_dogs() -> list[dict[str, Any]]:
    """One's own dogs; keepers see all, or those of one owner."""
    query = select(Dog).where(within_reach()).order_by(Dog.name, Dog.id)
    if (owner_id := request.args.get("owner_id", type=int)) is not None:
        query = query.where(Dog.owner_id == owner_id)
    return [dog.as_json() for dog in db.session.scalars(query)]


@lists.get("/stays")
def all_stays() -> list[dict[str, Any]]:
    """Stays, by the day on which they begin."""
    query = select(Stay).join(Stay.dog).where(within_reach()).order_by(Stay.arrives, Stay.id)
    if status := request.args.get("status"):
        query = query.where(Stay.status == status)
    return [stay.as_json() for stay in db.session.scalars(query)]


@lists.get("/search")
def search() -> dict[str, Any]:
    """Dogs by a word in their name or notes."""
    word = request.args.get("q", "")
    found = and_(
        within_reach(),
        or_(Dog.name.contains(word, autoescape=True), Dog.notes.contains(word, autoescape=True)),
    )
    total = db.session.scalar(select(func.count(Dog.id)).where(found))
    page = select(Dog).where(found).order_by(Dog.name, Dog.id).limit(10)
    return {"total": total, "dogs": [dog.as_json() for dog in db.session.scalars(page)]}


@lists.get("/stays.csv")
def export() -> Response:
    """Stays as a table."""
    buffer = io.StringIO()
    table = csv.writer(buffer)
    table.writerow(["dog", "arrives", "nights", "price"])
    rows = (
        select(Dog.name, Stay.arrives, Stay.nights, Stay.price)
        .join(Stay.dog)
        .where(within_reach())
        .order_by(Stay.arrives, Stay.id)
    )
    table.writerows(db.session.execute(rows))
    return Response(buffer.getvalue(), mimetype="text/csv")
