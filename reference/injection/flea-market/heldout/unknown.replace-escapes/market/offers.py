"""The offers as JSON."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, abort, request
from sqlalchemy import func, select, update

from market.models import MAX_ID, Offer, db

offers = Blueprint("offers", __name__)

SORTS = {"title": Offer.title, "seller": Offer.seller, "cents": Offer.cents}


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
    sort = request.args.get("sort")
    order = request.args.get("order", "asc")
    if (sort is not None and sort not in SORTS) or order not in ("asc", "desc"):
        abort(400)
    found = select(Offer).where(Offer.public)
    if q:
        # Not LIKE, in which some characters mean others. SQLite's lower() knows A to Z only, as bytes.lower() does.
        found = found.where(func.instr(func.lower(Offer.title), q.encode().lower().decode()) > 0)
    if sort is not None:
        found = found.order_by(SORTS[sort].desc() if order == "desc" else SORTS[sort])
    return shown(db.session.scalars(found.order_by(Offer.id)))


@offers.get("/offers/by")
def by_sellers() -> list[dict[str, Any]]:
    """The offers of some sellers."""
    names = request.args.getlist("seller")
    return shown(db.session.scalars(select(Offer).where(Offer.public, Offer.seller.in_(names)).order_by(Offer.id)))


@offers.get(f"/offers/<int(max={MAX_ID}):offer_id>/more")
def more(offer_id: int) -> list[dict[str, Any]]:
    """What else the seller of an offer has."""
    offer = db.first_or_404(select(Offer).where(Offer.id == offer_id, Offer.public))
    others = select(Offer).where(Offer.public, Offer.id != offer.id, Offer.seller == offer.seller)
    return shown(db.session.scalars(others.order_by(Offer.id)))


@offers.put(f"/offers/<int(max={MAX_ID}):offer_id>/title")
def change_title(offer_id: int) -> dict[str, Any]:
    """Gives an offer another title."""
    title = request.json["title"]
    result = db.session.execute(update(Offer).where(Offer.id == offer_id).values(title=title))
    if not result.rowcount:
        abort(404)
    db.session.commit()
    return {"id": offer_id, "title": title}
