"""The offers as JSON."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, abort, request
from sqlalchemy import select, text

from market.models import Offer, db

offers = Blueprint("offers", __name__)


def shown(found: Iterable[Any]) -> list[dict[str, Any]]:
    """What everybody may see of offers."""
    return [{"id": each.id, "title": each.title, "seller": each.seller, "cents": each.cents} for each in found]


@offers.post("/offers")
def add() -> tuple[dict[str, Any], int]:
    """Stores an offer. This is right as it is."""
    data = request.json
    offer = Offer(
        title=data["title"],
        seller=data["seller"],
        cents=data["cents"],
        category=data.get("category", ""),
        text=data.get("text", ""),
        link=data.get("link", ""),
        phone=data.get("phone", ""),
        public=data.get("public", True),
    )
    db.session.add(offer)
    db.session.commit()
    return {"id": offer.id}, 201


@offers.get("/offers")
def search() -> list[dict[str, Any]]:
    """The offers whose title contains ``q``, sorted as wished."""
    q = request.args.get("q", "")
    sort = request.args.get("sort", "id")
    order = request.args.get("order", "asc")
    return shown(
        db.session.execute(
            text(
                f"SELECT id, title, seller, cents FROM offer WHERE public AND title LIKE '%{q}%' "
                f"ORDER BY {sort} {order}, id"
            )
        )
    )


@offers.get("/offers/by")
def by_sellers() -> list[dict[str, Any]]:
    """The offers of some sellers."""
    names = ", ".join(f"'{name}'" for name in request.args.getlist("seller"))
    return shown(db.session.scalars(select(Offer).where(Offer.public, text(f"seller IN ({names})")).order_by(Offer.id)))


@offers.get("/offers/<int:offer_id>/more")
def more(offer_id: int) -> list[dict[str, Any]]:
    """What else the seller of an offer has."""
    offer = db.first_or_404(select(Offer).where(Offer.id == offer_id, Offer.public))
    return shown(
        db.session.execute(
            text(
                "SELECT id, title, seller, cents FROM offer "
                f"WHERE public AND id != {offer.id} AND seller = '{offer.seller}' ORDER BY id"
            )
        )
    )


@offers.put("/offers/<int:offer_id>/title")
def change_title(offer_id: int) -> dict[str, Any]:
    """Gives an offer another title."""
    title = request.json["title"]
    result = db.session.execute(text(f"UPDATE offer SET title = '{title}' WHERE id = {offer_id}"))
    if not result.rowcount:
        abort(404)
    db.session.commit()
    return {"id": offer_id, "title": title}
