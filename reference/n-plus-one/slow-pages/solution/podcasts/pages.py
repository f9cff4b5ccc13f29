"""What the directory shows: every page reads together what it shows together."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, request, stream_with_context
from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from podcasts.models import Episode, Network, Review, Show, Tag, db

pages = Blueprint("pages", __name__)


@pages.get("/episodes")
def latest() -> list[dict[str, Any]]:
    """The episodes that were added last."""
    limit = request.args.get("limit", 20, type=int)
    episodes = db.session.scalars(
        select(Episode)
        .order_by(Episode.id.desc())
        .limit(limit)
        .options(joinedload(Episode.show).joinedload(Show.network))
    )
    return [
        {
            "title": episode.title,
            "minutes": episode.minutes,
            "show": episode.show.title,
            "network": episode.show.network_name,
        }
        for episode in episodes
    ]


@pages.get("/shows")
def shows() -> dict[str, Any]:
    """One page of the shows, each with all its episodes."""
    page = request.args.get("page", 1, type=int)
    per_page = request.args.get("per_page", 10, type=int)
    found = db.session.scalars(
        select(Show)
        .order_by(Show.title, Show.id)
        .limit(per_page)
        .offset((page - 1) * per_page)
        .options(selectinload(Show.episodes))
    )
    return {
        "page": page,
        "per_page": per_page,
        "total": db.session.scalar(select(func.count(Show.id))),
        "shows": [
            {
                "id": show.id,
                "title": show.title,
                "episodes": [{"number": each.number, "title": each.title} for each in show.episodes],
            }
            for show in found
        ],
    }


@pages.get("/tags/<name>/shows")
def tagged(name: str) -> list[dict[str, Any]]:
    """The shows with a tag, each with all its tags."""
    db.first_or_404(select(Tag).where(Tag.name == name))
    found = db.session.scalars(
        select(Show)
        .where(Show.tags.any(Tag.name == name))
        .order_by(Show.title, Show.id)
        .options(selectinload(Show.tags))
    )
    return [{"title": show.title, "tags": [tag.name for tag in show.tags]} for show in found]


@pages.get("/statistics")
def statistics() -> list[dict[str, Any]]:
    """What each show has, in numbers: each kind is summed up by itself, and only then joined to the shows."""
    heard = (
        select(
            Episode.show_id,
            func.count().label("episodes"),
            func.sum(Episode.minutes).label("minutes"),
        )
        .group_by(Episode.show_id)
        .subquery()
    )
    rated = (
        select(Review.show_id, func.count().label("reviews"), func.avg(Review.stars).label("stars"))
        .group_by(Review.show_id)
        .subquery()
    )
    rows = db.session.execute(
        select(
            Show.title,
            func.coalesce(heard.c.episodes, 0).label("episodes"),
            func.coalesce(heard.c.minutes, 0).label("minutes"),
            func.coalesce(rated.c.reviews, 0).label("reviews"),
            rated.c.stars,
        )
        .outerjoin(heard, heard.c.show_id == Show.id)
        .outerjoin(rated, rated.c.show_id == Show.id)
        .order_by(Show.title, Show.id)
    )
    return [dict(row) for row in rows.mappings()]


@pages.get("/networks")
def networks() -> list[dict[str, Any]]:
    """The networks, each with its shows, each with the titles of its episodes."""
    found = db.session.scalars(
        select(Network).order_by(Network.name).options(selectinload(Network.shows).selectinload(Show.episodes))
    )
    return [
        {
            "name": network.name,
            "shows": [
                {"title": show.title, "episodes": [episode.title for episode in show.episodes]}
                for show in network.shows
            ],
        }
        for network in found
    ]


@pages.get("/shows/<int:show_id>")
def show_details(show_id: int) -> dict[str, Any]:
    """All about one show."""
    show = db.get_or_404(
        Show,
        show_id,
        options=[
            joinedload(Show.network),
            selectinload(Show.episodes).selectinload(Episode.guests),
            selectinload(Show.reviews).joinedload(Review.listener),
        ],
    )
    return {
        "id": show.id,
        "title": show.title,
        "network": show.network_name,
        "episodes": [
            {
                "number": episode.number,
                "title": episode.title,
                "guests": [guest.name for guest in episode.guests],
            }
            for episode in show.episodes
        ],
        "reviews": [{"listener": each.listener.name, "stars": each.stars} for each in show.reviews],
    }


def line(*values: Any) -> str:
    """A line of a CSV file."""
    buffer = io.StringIO()
    csv.writer(buffer).writerow(values)
    return buffer.getvalue()


@pages.get("/export.csv")
def export() -> Response:
    """All episodes, a line each."""

    def lines() -> Iterator[str]:
        yield line("show", "network", "number", "title", "minutes", "guests")
        found = (
            select(Episode)
            .join(Episode.show)
            .order_by(Show.title, Show.id, Episode.number)
            .options(
                contains_eager(Episode.show).joinedload(Show.network),
                selectinload(Episode.guests),
            )
            .execution_options(yield_per=500)
        )
        for episode in db.session.scalars(found):
            yield line(
                episode.show.title,
                episode.show.network_name,
                episode.number,
                episode.title,
                episode.minutes,
                "; ".join(guest.name for guest in episode.guests),
            )

    return Response(stream_with_context(lines()), mimetype="text/csv")
