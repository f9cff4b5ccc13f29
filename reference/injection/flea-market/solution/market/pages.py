"""The pages for visitors."""

from flask import Blueprint, render_template, request
from markupsafe import Markup
from sqlalchemy import select

from market.models import Offer, db

pages = Blueprint("pages", __name__)


@pages.get("/offers/<int:offer_id>/page")
def show(offer_id: int) -> str:
    """One offer."""
    offer = db.first_or_404(select(Offer).where(Offer.id == offer_id, Offer.public))
    text = Markup("<br>").join(offer.text.split("\n"))
    return render_template("offer.html", offer=offer, text=text)


@pages.app_template_test("web_address")
def is_web_address(link: str) -> bool:
    """Whether an address may become a link."""
    return link.lower().startswith(("http://", "https://"))


@pages.get("/hello")
def hello() -> str:
    """Greets a visitor by name."""
    return render_template("hello.html", name=request.args.get("name") or "neighbour")
