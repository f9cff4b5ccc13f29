"""The pages for visitors."""

from urllib.parse import urlsplit

from flask import Blueprint, render_template, render_template_string

from market.models import Offer, db

pages = Blueprint("pages", __name__)

GREETING = """
{% extends "layout.html" %}
{% block main %}<h1 id="greeting">Hello, {{ request.args.get("name") or "neighbour" }}!</h1>{% endblock %}
"""


@pages.get("/offers/<int:offer_id>/page")
def show(offer_id: int) -> str:
    """One offer."""
    offer = db.one_or_404(db.select(Offer).filter_by(id=offer_id, public=True))
    return render_template("offer.html", offer=offer, linked=urlsplit(offer.link).scheme in {"http", "https"})


@pages.get("/hello")
def hello() -> str:
    """Greets a visitor by name: the template is ours, the name is looked up by it."""
    return render_template_string(GREETING.strip())
