"""The offers as JSON."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, abort, request
from sqlalchemy import select, text

from market.models import Offer, db

offers = Blueprint("offers", __name__)

SORTABLE = ("title", "seller", "cents")


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
    sort = request.args.get("sort", "id")
    order = request.args.get("order", "asc")
    if sort not in ("id", *SORTABLE) or order not in ("asc", "desc"):
        abort(400)
    found = select(Offer).where(Offer.public, Offer.title.contains(request.args.get("q", ""), autoescape=True))
    found = found.order_by(text(f":sort {order}"), Offer.id)
    return shown(db.session.scalars(found, {"sort": sort}))


@offers.get("/offers/by")
def by_sellers() -> list[dict[str, Any]]:
    """The offers of some sellers."""
    names = request.args.getlist("seller")
    return shown(db.session.scalars(select(Offer).where(Offer.public, Offer.seller.in_(names)).order_by(Offer.id)))


@offers.get("/offers/<int:offer_id>/more")
def more(offer_id: int) -> list[dict[str, Any]]:
    """What else the seller of an offer has."""
    offer = db.first_or_404(select(Offer).where(Offer.id == offer_id, Offer.public))
    found = select(Offer).where(Offer.public, Offer.id != offer.id, Offer.seller == offer.seller)
    return shown(db.session.scalars(found.order_by(Offer.id)))


@offers.put("/offers/<int:offer_id>/title")
def change_title(offer_id: int) -> dict[str, Any]:
    """Gives an offer another title."""
    offer = db.get_or_404(Offer, offer_id)
    offer.title = request.json["title"]
    db.session.commit()
    return {"id": offer.id, "title": offer.title}
