"""Dogs and stays, many at a time."""

import csv
import io
from typing import Any

from flask import Blueprint, Response, g, request
from sqlalchemy import or_, select

from kennel.models import Dog, Stay, db
from kennel.people import is_keeper, login_required

lists = Blueprint("lists", __name__)


@lists.get("/dogs")
@login_required
def all_dogs() -> list[dict[str, Any]]:
    """One's own dogs; keepers see all, or those of one owner."""
    if not is_keeper():
        return [dog.as_json() for dog in g.account.dogs]  # the only ones that any owner_id may narrow down to
    query = select(Dog).order_by(Dog.name, Dog.id)
    if "owner_id" in request.args:
        query = query.filter_by(owner_id=request.args["owner_id"])
    return [dog.as_json() for dog in db.session.scalars(query)]


@lists.get("/stays")
@login_required
def all_stays() -> list[dict[str, Any]]:
    """Stays, by the day on which they begin."""
    query = select(Stay).order_by(Stay.arrives, Stay.id)
    if not is_keeper():
        query = query.where(Stay.dog.has(owner_id=g.account.id))
    if status := request.args.get("status"):
        query = query.where(Stay.status == status)
    return [stay.as_json() for stay in db.session.scalars(query)]


@lists.get("/search")
@login_required
def search() -> dict[str, Any]:
    """Dogs by a word in their name or notes."""
    word = request.args.get("q", "")
    found = or_(Dog.name.contains(word, autoescape=True), Dog.notes.contains(word, autoescape=True))
    query = select(Dog).where(found).order_by(Dog.name, Dog.id)
    if not is_keeper():
        query = query.where(Dog.owner_id == g.account.id)
    everything = db.session.scalars(query).all()
    return {"total": len(everything), "dogs": [dog.as_json() for dog in everything[:10]]}


@lists.get("/stays.csv")
@login_required
def export() -> Response:
    """Stays as a table."""
    buffer = io.StringIO()
    table = csv.writer(buffer)
    table.writerow(["dog", "arrives", "nights", "price"])
    rows = select(Dog.name, Stay.arrives, Stay.nights, Stay.price).join(Stay.dog).order_by(Stay.arrives, Stay.id)
    if not is_keeper():
        rows = rows.where(Dog.owner_id == g.account.id)
    table.writerows(db.session.execute(rows))
    return Response(buffer.getvalue(), mimetype="text/csv")
