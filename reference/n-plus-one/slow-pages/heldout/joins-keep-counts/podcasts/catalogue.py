"""Filling the directory. Nothing here is slow, and nothing here needs to change."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, request
from sqlalchemy import select

from podcasts.models import Episode, Guest, Listener, Network, Review, Show, Tag, db

catalogue = Blueprint("catalogue", __name__)


class Names:
    """The rows of one table by their names; a name that is new becomes a new row."""

    def __init__(self, model: type[Any]) -> None:
        self.model = model
        self.known = {row.name: row for row in db.session.scalars(select(model))}

    def __getitem__(self, name: str) -> Any:
        if name not in self.known:
            self.known[name] = self.model(name=name)
            db.session.add(self.known[name])
        return self.known[name]

    def all(self, names: Iterable[str]) -> list[Any]:
        """The rows of ``names``, each once."""
        return [self[name] for name in dict.fromkeys(names)]


@catalogue.post("/import")
def import_document() -> tuple[dict[str, Any], int]:
    """Adds all networks and shows of a document."""
    document: dict[str, Any] = request.get_json()
    networks, tags, guests, listeners = Names(Network), Names(Tag), Names(Guest), Names(Listener)
    networks.all(document.get("networks", []))
    added = []
    for entry in document.get("shows", []):
        show = Show(title=entry["title"], tags=tags.all(entry.get("tags", [])))
        show.network = networks[entry["network"]] if entry.get("network") else None
        show.episodes = [
            Episode(
                number=number,
                title=item["title"],
                minutes=item["minutes"],
                guests=guests.all(item.get("guests", [])),
            )
            for number, item in enumerate(entry.get("episodes", []), start=1)
        ]
        show.reviews = [
            Review(listener=listeners[item["listener"]], stars=item["stars"]) for item in entry.get("reviews", [])
        ]
        added.append(show)
    db.session.add_all(added)
    db.session.flush()
    ids = [show.id for show in added]
    db.session.commit()
    return {"shows": ids}, 201


@catalogue.post("/shows/<int:show_id>/episodes")
def add_episode(show_id: int) -> tuple[dict[str, Any], int]:
    """Adds an episode after the last one of the show."""
    item: dict[str, Any] = request.get_json()
    show = db.get_or_404(Show, show_id)
    number = len(show.episodes) + 1
    guests = Names(Guest).all(item.get("guests", []))
    show.episodes.append(Episode(number=number, title=item["title"], minutes=item["minutes"], guests=guests))
    db.session.commit()
    return {"number": number}, 201


@catalogue.post("/shows/<int:show_id>/reviews")
def add_review(show_id: int) -> tuple[dict[str, Any], int]:
    """Adds a listener's review of the show."""
    item: dict[str, Any] = request.get_json()
    show = db.get_or_404(Show, show_id)
    show.reviews.append(Review(listener=Names(Listener)[item["listener"]], stars=item["stars"]))
    db.session.commit()
    return {"stars": item["stars"]}, 201
