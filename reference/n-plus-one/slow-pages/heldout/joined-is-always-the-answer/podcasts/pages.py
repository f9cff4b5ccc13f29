"""What the directory shows. Each page reads what it shows in a few statements, however many rows."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, request, stream_with_context
from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from podcasts.models import Episode, Network, Review, Show, Tag, db

pages = Blueprint("pages", __name__)


@pages.get("/episodes")
def latest() -> list[dict[str, Any]]:
    """The episodes that were added last."""
    limit = request.args.get("limit", 20, type=int)
    wanted = (
        select(Episode)
        .options(joinedload(Episode.show).joinedload(Show.network))
        .order_by(Episode.id.desc())
        .limit(limit)
    )
    return [
        {
            "title": episode.title,
            "minutes": episode.minutes,
            "show": episode.show.title,
            "network": episode.show.network_name,
        }
        for episode in db.session.scalars(wanted)
    ]


@pages.get("/shows")
def shows() -> dict[str, Any]:
    """One page of the shows, each with all its episodes."""
    page = request.args.get("page", 1, type=int)
    per_page = request.args.get("per_page", 10, type=int)
    wanted = (
        select(Show)
        .options(joinedload(Show.episodes))
        .order_by(Show.title, Show.id)
        .limit(per_page)
        .offset((page - 1) * per_page)
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
            for show in db.session.scalars(wanted).unique()
        ],
    }


@pages.get("/tags/<name>/shows")
def tagged(name: str) -> list[dict[str, Any]]:
    """The shows with a tag, each with all its tags."""
    db.first_or_404(select(Tag).where(Tag.name == name))
    wanted = (
        select(Show)
        .join(Show.tags)
        .where(Tag.name == name)
        .options(joinedload(Show.tags))
        .order_by(Show.title, Show.id)
    )
    return [
        {"title": show.title, "tags": [tag.name for tag in show.tags]} for show in db.session.scalars(wanted).unique()
    ]


@pages.get("/statistics")
def statistics() -> list[dict[str, Any]]:
    """What each show has, in numbers."""
    # Counted apart: joined together, each episode would be counted once for each review.
    episodes = (
        select(Episode.show_id, func.count().label("number"), func.sum(Episode.minutes).label("minutes"))
        .group_by(Episode.show_id)
        .subquery()
    )
    reviews = (
        select(Review.show_id, func.count().label("number"), func.sum(Review.stars).label("stars"))
        .group_by(Review.show_id)
        .subquery()
    )
    wanted = (
        select(Show.title, episodes.c.number, episodes.c.minutes, reviews.c.number, reviews.c.stars)
        .outerjoin(episodes, episodes.c.show_id == Show.id)
        .outerjoin(reviews, reviews.c.show_id == Show.id)
        .order_by(Show.title, Show.id)
    )
    return [
        {
            "title": title,
            "episodes": episode_count or 0,
            "minutes": minutes or 0,
            "reviews": review_count or 0,
            "stars": stars / review_count if review_count else None,
        }
        for title, episode_count, minutes, review_count, stars in db.session.execute(wanted)
    ]


@pages.get("/networks")
def networks() -> list[dict[str, Any]]:
    """The networks, each with its shows, each with the titles of its episodes."""
    wanted = select(Network).options(joinedload(Network.shows).joinedload(Show.episodes)).order_by(Network.name)
    return [
        {
            "name": network.name,
            "shows": [
                {"title": show.title, "episodes": [episode.title for episode in show.episodes]}
                for show in network.shows
            ],
        }
        for network in db.session.scalars(wanted).unique()
    ]


@pages.get("/shows/<int:show_id>")
def show_details(show_id: int) -> dict[str, Any]:
    """All about one show."""
    show = db.get_or_404(
        Show,
        show_id,
        options=[
            joinedload(Show.network),
            joinedload(Show.episodes).joinedload(Episode.guests),
            joinedload(Show.reviews).joinedload(Review.listener),
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
        wanted = (
            select(Episode)
            .join(Episode.show)
            .options(contains_eager(Episode.show).joinedload(Show.network), joinedload(Episode.guests))
            .order_by(Show.title, Show.id, Episode.number)
        )
        for episode in db.session.scalars(wanted).unique():
            yield line(
                episode.show.title,
                episode.show.network_name,
                episode.number,
                episode.title,
                episode.minutes,
                "; ".join(guest.name for guest in episode.guests),
            )

    return Response(stream_with_context(lines()), mimetype="text/csv")
