"""What the directory shows: the ids first, then everything that belongs to them, batch by batch."""

import csv
import io

from flask import Blueprint, abort, request
from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload, lazyload, raiseload, subqueryload

from podcasts.models import Episode, Listener, Network, Review, Show, Tag, db, show_tags

pages = Blueprint("pages", __name__)
BATCH = 200


@pages.get("/episodes")
def latest():
    found = (
        db.session.query(Episode.title, Episode.minutes, Show.title, Network.name)
        .join(Show, Show.id == Episode.show_id)
        .outerjoin(Network, Network.id == Show.network_id)
        .order_by(Episode.id.desc())
        .limit(request.args.get("limit", 20, type=int))
    )
    return [dict(zip(("title", "minutes", "show", "network"), row, strict=True)) for row in found]


@pages.get("/shows")
def shows():
    page = request.args.get("page", 1, type=int)
    per_page = request.args.get("per_page", 10, type=int)
    start = (page - 1) * per_page
    query = db.session.query(Show).order_by(Show.title, Show.id)
    found = query.options(joinedload(Show.episodes), raiseload("*")).slice(start, start + per_page).all()
    listed = []
    for show in found:
        episodes = [{"number": each.number, "title": each.title} for each in show.episodes]
        listed.append({"id": show.id, "title": show.title, "episodes": episodes})
    return {"page": page, "per_page": per_page, "total": query.count(), "shows": listed}


@pages.get("/tags/<name>/shows")
def tagged(name):
    wanted = db.session.query(Tag).filter_by(name=name).one_or_none()
    if wanted is None:
        abort(404)
    other = aliased(show_tags)
    pairs = (
        db.session.query(Show.id, Show.title, Tag.name)
        .join(show_tags, show_tags.c.show_id == Show.id)
        .join(other, other.c.show_id == Show.id)
        .join(Tag, Tag.id == other.c.tag_id)
        .filter(show_tags.c.tag_id == wanted.id)
        .order_by(Show.title, Show.id, Tag.name)
    )
    found = {}
    for show_id, title, tag in pairs:
        found.setdefault(show_id, {"title": title, "tags": []})["tags"].append(tag)
    return list(found.values())


@pages.get("/statistics")
def statistics():
    heard = {
        show_id: (count, minutes)
        for show_id, count, minutes in db.session.query(
            Episode.show_id, func.count(), func.sum(Episode.minutes)
        ).group_by(Episode.show_id)
    }
    rated = {
        show_id: (count, total / count)
        for show_id, count, total in db.session.query(Review.show_id, func.count(), func.sum(Review.stars)).group_by(
            Review.show_id
        )
    }
    found = []
    for show_id, title in db.session.query(Show.id, Show.title).order_by(Show.title, Show.id):
        episodes, minutes = heard.get(show_id, (0, 0))
        reviews, stars = rated.get(show_id, (0, None))
        found.append({"title": title, "episodes": episodes, "minutes": minutes, "reviews": reviews, "stars": stars})
    return found


@pages.get("/networks")
def networks():
    found = (
        db.session.query(Network)
        .options(subqueryload(Network.shows).subqueryload(Show.episodes), raiseload("*"))
        .order_by(Network.name)
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
def show_details(show_id):
    show = db.session.get(Show, show_id) or abort(404)
    episodes = (
        db.session.query(Episode)
        .options(subqueryload(Episode.guests), lazyload("*"))
        .filter_by(show_id=show_id)
        .order_by(Episode.number)
    )
    reviews = (
        db.session.query(Listener.name, Review.stars)
        .join(Review, Review.listener_id == Listener.id)
        .filter(Review.show_id == show_id)
        .order_by(Review.id)
    )
    return {
        "id": show_id,
        "title": show.title,
        "network": show.network_name,
        "episodes": [
            {"number": each.number, "title": each.title, "guests": [guest.name for guest in each.guests]}
            for each in episodes
        ],
        "reviews": [{"listener": name, "stars": stars} for name, stars in reviews],
    }


@pages.get("/export.csv")
def export():
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["show", "network", "number", "title", "minutes", "guests"])
    ordered = select(Episode.id).join(Episode.show).order_by(Show.title, Show.id, Episode.number)
    ids = db.session.scalars(ordered).all()
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        found = {
            episode.id: episode
            for episode in db.session.query(Episode)
            .filter(Episode.id.in_(batch))
            .options(joinedload(Episode.show, innerjoin=True).joinedload(Show.network), joinedload(Episode.guests))
        }
        for episode in map(found.get, batch):
            guests = "; ".join(guest.name for guest in episode.guests)
            show = episode.show
            writer.writerow([show.title, show.network_name, episode.number, episode.title, episode.minutes, guests])
    return file.getvalue(), {"Content-Type": "text/csv"}
