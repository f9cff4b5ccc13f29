"""The pages for visitors."""

from flask import Blueprint, render_template, render_template_string, request
from markupsafe import Markup
from sqlalchemy import select

from market.models import Offer, db

pages = Blueprint("pages", __name__)


@pages.get("/offers/<int:offer_id>/page")
def show(offer_id: int) -> str:
    """One offer."""
    offer = db.first_or_404(select(Offer).where(Offer.id == offer_id, Offer.public))
    text = Markup(offer.text.replace("\n", "<br>"))
    return render_template("offer.html", offer=offer, text=text)


@pages.get("/hello")
def hello() -> str:
    """Greets a visitor by name."""
    name = request.args.get("name") or "neighbour"
    return render_template_string(
        f"""{{% extends "layout.html" %}}
        {{% block main %}}<p id="greeting">Hello, {name}!</p>{{% endblock %}}"""
    )
