"""The offers as JSON."""

from collections.abc import Iterable
from operator import attrgetter
from string import ascii_uppercase
from typing import Any

from flask import Blueprint, abort, request
from sqlalchemy import select, update

from market.models import Offer, db

offers = Blueprint("offers", __name__)

SORTABLE = frozenset({"title", "seller", "cents"})


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


def public_offers() -> list[Offer]:
    """All that visitors may see, by id."""
    return list(db.session.scalars(select(Offer).filter_by(public=True).order_by(Offer.id)))


def lowered(value: str) -> str:
    """Small letters for A to Z, as SQLite compares them; all else stays."""
    return value.translate({ord(letter): letter.lower() for letter in ascii_uppercase})


@offers.get("/offers")
def search() -> list[dict[str, Any]]:
    """The offers whose title contains ``q``, sorted as wished."""
    args = request.args
    if args.get("order", "asc") not in {"asc", "desc"} or args.get("sort", "title") not in SORTABLE:
        abort(400)
    found = [offer for offer in public_offers() if lowered(args.get("q", "")) in lowered(offer.title)]
    found.sort(key=attrgetter(args.get("sort", "id")), reverse=args.get("order") == "desc")
    return shown(found)


@offers.get("/offers/by")
def by_sellers() -> list[dict[str, Any]]:
    """The offers of some sellers."""
    wanted = set(request.args.getlist("seller"))
    return shown(offer for offer in public_offers() if offer.seller in wanted)


@offers.get("/offers/<int:offer_id>/more")
def more(offer_id: int) -> list[dict[str, Any]]:
    """What else the seller of an offer has."""
    visible = public_offers()
    this = next((offer for offer in visible if offer.id == offer_id), None)
    if this is None:
        abort(404)
    return shown(offer for offer in visible if offer is not this and offer.seller == this.seller)


@offers.put("/offers/<int:offer_id>/title")
def change_title(offer_id: int) -> dict[str, Any]:
    """Gives an offer another title."""
    title = request.json["title"]
    if not db.session.execute(update(Offer).where(Offer.id == offer_id).values(title=title)).rowcount:
        abort(404)
    db.session.commit()
    return {"id": offer_id, "title": title}
