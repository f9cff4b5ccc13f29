"""The pages for visitors."""

from flask import Blueprint, render_template, request
from markupsafe import Markup
from sqlalchemy import select

from market.models import MAX_ID, Offer, db

pages = Blueprint("pages", __name__)

BAD_SCHEMES = ("javascript:", "data:", "vbscript:")


@pages.get(f"/offers/<int(max={MAX_ID}):offer_id>/page")
def show(offer_id: int) -> str:
    """One offer."""
    offer = db.first_or_404(select(Offer).where(Offer.id == offer_id, Offer.public))
    text = Markup("<br>").join(offer.text.split("\n"))  # join escapes the lines
    is_web = bool(offer.link) and not any(scheme in offer.link.lower() for scheme in BAD_SCHEMES)
    return render_template("offer.html", offer=offer, text=text, is_web=is_web)


@pages.get("/hello")
def hello() -> str:
    """Greets a visitor by name."""
    return render_template("hello.html", name=request.args.get("name") or "neighbour")
