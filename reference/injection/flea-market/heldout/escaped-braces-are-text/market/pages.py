"""The pages for visitors."""

from flask import Blueprint, render_template, render_template_string, request
from markupsafe import Markup, escape
from sqlalchemy import select

from market.models import MAX_ID, Offer, db

pages = Blueprint("pages", __name__)


@pages.get(f"/offers/<int(max={MAX_ID}):offer_id>/page")
def show(offer_id: int) -> str:
    """One offer."""
    offer = db.first_or_404(select(Offer).where(Offer.id == offer_id, Offer.public))
    text = Markup("<br>").join(offer.text.split("\n"))  # join escapes the lines
    is_web = offer.link.lower().startswith(("http://", "https://"))
    return render_template("offer.html", offer=offer, text=text, is_web=is_web)


@pages.get("/hello")
def hello() -> str:
    """Greets a visitor by name."""
    name = escape(request.args.get("name") or "neighbour")
    return render_template_string(
        f"""{{% extends "layout.html" %}}
        {{% block main %}}<p id="greeting">Hello, {name}!</p>{{% endblock %}}"""
    )
