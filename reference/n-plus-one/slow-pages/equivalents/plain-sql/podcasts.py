"""The podcast directory in one module, in SQL: what belongs together is read in one statement per kind."""

import csv
import io
from itertools import groupby
from operator import itemgetter

from flask import Flask, abort, jsonify, request
from flask.views import MethodView
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text

db = SQLAlchemy()

SCHEMA = """
CREATE TABLE IF NOT EXISTS network (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS guest (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS listener (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS show (
    id INTEGER PRIMARY KEY, title TEXT NOT NULL, network_id INTEGER REFERENCES network);
CREATE TABLE IF NOT EXISTS episode (
    id INTEGER PRIMARY KEY, show_id INTEGER NOT NULL REFERENCES show,
    number INTEGER NOT NULL, title TEXT NOT NULL, minutes INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS review (
    id INTEGER PRIMARY KEY, show_id INTEGER NOT NULL REFERENCES show,
    listener_id INTEGER NOT NULL REFERENCES listener, stars INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS show_tag (show_id INTEGER, tag_id INTEGER, PRIMARY KEY (show_id, tag_id));
CREATE TABLE IF NOT EXISTS episode_guest (
    episode_id INTEGER, guest_id INTEGER, PRIMARY KEY (episode_id, guest_id));
CREATE INDEX IF NOT EXISTS episode_of_show ON episode (show_id, number);
CREATE INDEX IF NOT EXISTS review_of_show ON review (show_id)
"""


def rows(sql, **values):
    """All rows of a statement, as mappings."""
    return db.session.execute(text(sql), values).mappings().all()


def grouped(found, key):
    """Rows by the value of one column; they come sorted by it."""
    return {value: list(group) for value, group in groupby(found, itemgetter(key))}


def name_id(table, name):
    """The id of a name, which is added where it is new."""
    db.session.execute(text(f"INSERT OR IGNORE INTO {table} (name) VALUES (:name)"), {"name": name})
    return db.session.scalar(text(f"SELECT id FROM {table} WHERE name = :name"), {"name": name})


def insert(sql, **values):
    """Runs an INSERT and gives the new row's id."""
    return db.session.scalar(text(f"{sql} RETURNING id"), values)


def put_episode(show_id, number, item):
    episode_id = insert(
        "INSERT INTO episode (show_id, number, title, minutes) VALUES (:show, :number, :title, :minutes)",
        show=show_id,
        number=number,
        title=item["title"],
        minutes=item["minutes"],
    )
    for name in item.get("guests", []):
        db.session.execute(
            text("INSERT OR IGNORE INTO episode_guest VALUES (:episode, :guest)"),
            {"episode": episode_id, "guest": name_id("guest", name)},
        )


def put_review(show_id, item):
    insert(
        "INSERT INTO review (show_id, listener_id, stars) VALUES (:show, :listener, :stars)",
        show=show_id,
        listener=name_id("listener", item["listener"]),
        stars=item["stars"],
    )


class Import(MethodView):
    def post(self):
        document = request.get_json()
        for name in document.get("networks", []):
            name_id("network", name)
        ids = []
        for entry in document.get("shows", []):
            network = entry.get("network")
            show_id = insert(
                "INSERT INTO show (title, network_id) VALUES (:title, :network)",
                title=entry["title"],
                network=name_id("network", network) if network else None,
            )
            for name in entry.get("tags", []):
                db.session.execute(
                    text("INSERT OR IGNORE INTO show_tag VALUES (:show, :tag)"),
                    {"show": show_id, "tag": name_id("tag", name)},
                )
            for number, item in enumerate(entry.get("episodes", []), start=1):
                put_episode(show_id, number, item)
            for item in entry.get("reviews", []):
                put_review(show_id, item)
            ids.append(show_id)
        db.session.commit()
        return {"shows": ids}, 201


class Episodes(MethodView):
    def get(self):
        found = rows(
            """SELECT episode.title, minutes, show.title AS show, network.name AS network
               FROM episode JOIN show ON show.id = show_id LEFT JOIN network ON network.id = network_id
               ORDER BY episode.id DESC LIMIT :limit""",
            limit=request.args.get("limit", 20, type=int),
        )
        return jsonify([dict(row) for row in found])

    def post(self, show_id):
        if not rows("SELECT 1 FROM show WHERE id = :id", id=show_id):
            abort(404)
        item = request.get_json()
        number = rows("SELECT count(*) + 1 AS number FROM episode WHERE show_id = :id", id=show_id)[0]["number"]
        put_episode(show_id, number, item)
        db.session.commit()
        return {"number": number}, 201


class Reviews(MethodView):
    def post(self, show_id):
        if not rows("SELECT 1 FROM show WHERE id = :id", id=show_id):
            abort(404)
        put_review(show_id, request.get_json())
        db.session.commit()
        return {"stars": request.get_json()["stars"]}, 201


class Shows(MethodView):
    def get(self):
        page, per_page = request.args.get("page", 1, type=int), request.args.get("per_page", 10, type=int)
        found = rows(
            """SELECT listed.id, listed.title, number, episode.title AS episode
               FROM (SELECT id, title FROM show ORDER BY title, id LIMIT :size OFFSET :skip) AS listed
               LEFT JOIN episode ON show_id = listed.id
               ORDER BY listed.title, listed.id, number""",
            size=per_page,
            skip=(page - 1) * per_page,
        )
        shows = [
            {
                "id": show_id,
                "title": group[0]["title"],
                "episodes": [{"number": row["number"], "title": row["episode"]} for row in group if row["number"]],
            }
            for show_id, group in grouped(found, "id").items()
        ]
        (total,) = rows("SELECT count(*) AS total FROM show")
        return {"page": page, "per_page": per_page, **total, "shows": shows}


class Show(MethodView):
    def get(self, show_id):
        found = rows(
            """SELECT show.id, title, name AS network FROM show LEFT JOIN network ON network.id = network_id
               WHERE show.id = :id""",
            id=show_id,
        )
        if not found:
            abort(404)
        heard = rows(
            """SELECT number, title, name FROM episode
               LEFT JOIN episode_guest ON episode_id = episode.id LEFT JOIN guest ON guest.id = guest_id
               WHERE show_id = :id ORDER BY number, name""",
            id=show_id,
        )
        rated = rows(
            """SELECT name AS listener, stars FROM review JOIN listener ON listener.id = listener_id
               WHERE show_id = :id ORDER BY review.id""",
            id=show_id,
        )
        episodes = [
            {
                "number": number,
                "title": group[0]["title"],
                "guests": [row["name"] for row in group if row["name"]],
            }
            for number, group in grouped(heard, "number").items()
        ]
        return {**found[0], "episodes": episodes, "reviews": [dict(row) for row in rated]}


class Tagged(MethodView):
    def get(self, name):
        if not rows("SELECT 1 FROM tag WHERE name = :name", name=name):
            abort(404)
        found = rows(
            """SELECT show.id, show.title, every.name
               FROM tag AS wanted JOIN show_tag AS has ON has.tag_id = wanted.id
               JOIN show ON show.id = has.show_id
               JOIN show_tag ON show_tag.show_id = show.id JOIN tag AS every ON every.id = show_tag.tag_id
               WHERE wanted.name = :name ORDER BY show.title, show.id, every.name""",
            name=name,
        )
        return jsonify(
            [
                {"title": group[0]["title"], "tags": [row["name"] for row in group]}
                for group in grouped(found, "id").values()
            ]
        )


class Statistics(MethodView):
    def get(self):
        found = rows(
            """SELECT title,
                      (SELECT count(*) FROM episode WHERE show_id = show.id) AS episodes,
                      (SELECT coalesce(sum(minutes), 0) FROM episode WHERE show_id = show.id) AS minutes,
                      (SELECT count(*) FROM review WHERE show_id = show.id) AS reviews,
                      (SELECT avg(stars) FROM review WHERE show_id = show.id) AS stars
               FROM show ORDER BY title, id"""
        )
        return jsonify([dict(row) for row in found])


class Networks(MethodView):
    def get(self):
        found = rows(
            """SELECT name, show.id AS show_id, show.title AS show, episode.title AS episode
               FROM network LEFT JOIN show ON network_id = network.id LEFT JOIN episode ON show_id = show.id
               ORDER BY name, show.title, show.id, number"""
        )
        return jsonify(
            [
                {
                    "name": name,
                    "shows": [
                        {
                            "title": each[0]["show"],
                            "episodes": [row["episode"] for row in each if row["episode"]],
                        }
                        for show_id, each in grouped(group, "show_id").items()
                        if show_id
                    ],
                }
                for name, group in grouped(found, "name").items()
            ]
        )


class Export(MethodView):
    def get(self):
        found = rows(
            """SELECT episode.id, show.title AS show, network.name AS network, number, episode.title, minutes,
                      guest.name AS guest
               FROM episode JOIN show ON show.id = show_id LEFT JOIN network ON network.id = network_id
               LEFT JOIN episode_guest ON episode_id = episode.id LEFT JOIN guest ON guest.id = guest_id
               ORDER BY show.title, show.id, number, guest.name"""
        )
        file = io.StringIO()
        writer = csv.writer(file)
        writer.writerow(["show", "network", "number", "title", "minutes", "guests"])
        for group in grouped(found, "id").values():
            first = group[0]
            guests = "; ".join(row["guest"] for row in group if row["guest"])
            writer.writerow([first[key] for key in ("show", "network", "number", "title", "minutes")] + [guests])
        return file.getvalue(), {"Content-Type": "text/csv"}


def create_app(config=None):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///podcasts.db"
    app.config.update(config or {})
    db.init_app(app)
    app.add_url_rule("/import", view_func=Import.as_view("import"))
    episodes = Episodes.as_view("episodes")
    app.add_url_rule("/episodes", view_func=episodes, methods=["GET"])
    app.add_url_rule("/shows/<int:show_id>/episodes", view_func=episodes, methods=["POST"])
    app.add_url_rule("/shows/<int:show_id>/reviews", view_func=Reviews.as_view("reviews"))
    app.add_url_rule("/shows", view_func=Shows.as_view("shows"))
    app.add_url_rule("/shows/<int:show_id>", view_func=Show.as_view("show"))
    app.add_url_rule("/tags/<name>/shows", view_func=Tagged.as_view("tagged"))
    app.add_url_rule("/statistics", view_func=Statistics.as_view("statistics"))
    app.add_url_rule("/networks", view_func=Networks.as_view("networks"))
    app.add_url_rule("/export.csv", view_func=Export.as_view("export"))
    with app.app_context(), db.engine.begin() as connection:
        for statement in SCHEMA.split(";"):
            connection.execute(text(statement))
    return app
