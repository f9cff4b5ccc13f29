"""The theatre in plain SQL, by the standard library's sqlite3. Each delete says itself what goes first."""

import sqlite3
from contextlib import closing

from flask import Flask, abort, current_app, g, jsonify, request
from sqlalchemy import make_url

SCHEMA = """
CREATE TABLE IF NOT EXISTS people (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS productions (
    id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, season INTEGER NOT NULL, director INTEGER
);
CREATE TABLE IF NOT EXISTS scenes (
    id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, production INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS props (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS prop_uses (
    scene INTEGER NOT NULL, prop INTEGER NOT NULL, PRIMARY KEY (scene, prop)
);
CREATE TABLE IF NOT EXISTS castings (
    production INTEGER NOT NULL, person INTEGER NOT NULL, part TEXT NOT NULL, fee INTEGER NOT NULL,
    PRIMARY KEY (production, person)
);
"""
TABLES = ("people", "productions", "scenes", "castings", "props", "prop_uses")


def create_app(config=None):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///theatre.db"
    app.config.update(config or {})
    with closing(sqlite3.connect(database_of(app))) as connection:
        connection.executescript(SCHEMA)
    add_routes(app)
    app.teardown_appcontext(close)
    return app


def database_of(app):
    return make_url(app.config["SQLALCHEMY_DATABASE_URI"]).database


def close(error=None):
    if connection := g.pop("connection", None):
        connection.close()


def sql(statement, *values):
    """All rows of a statement. What is not committed by the end of a request is rolled back."""
    if "connection" not in g:
        g.connection = sqlite3.connect(database_of(current_app))
        g.connection.row_factory = sqlite3.Row
    return g.connection.execute(statement, values).fetchall()


def insert(statement, *values):
    sql(statement, *values)
    return sql("SELECT last_insert_rowid() AS id")[0]["id"]


def one(table, key, status=404):
    return (sql(f"SELECT * FROM {table} WHERE id = ?", key) or abort(status))[0]


def done():
    g.connection.commit()
    return "", 204


def render_person(key):
    person = one("people", key)
    castings = sql("SELECT production, part, fee FROM castings WHERE person = ? ORDER BY production", key)
    directs = sql("SELECT id FROM productions WHERE director = ? ORDER BY id", key)
    return {
        **dict(person),
        "directs": [row["id"] for row in directs],
        "castings": [dict(row) for row in castings],
    }


def render_scene(scene):
    names = sql("SELECT name FROM props JOIN prop_uses ON prop = id WHERE scene = ? ORDER BY name", scene["id"])
    return {"id": scene["id"], "title": scene["title"], "props": [row["name"] for row in names]}


def render_production(key):
    production = one("productions", key)
    cast = sql(
        "SELECT id, name, part, fee FROM castings JOIN people ON person = id WHERE production = ? ORDER BY id", key
    )
    director = production["director"]
    return {
        **dict(production),
        "director": dict(one("people", director)) if director else None,
        "scenes": [render_scene(row) for row in sql("SELECT * FROM scenes WHERE production = ? ORDER BY id", key)],
        "cast": [
            {"person": {"id": row["id"], "name": row["name"]}, "part": row["part"], "fee": row["fee"]} for row in cast
        ],
    }


def set_props(scene, names):
    sql("DELETE FROM prop_uses WHERE scene = ?", scene)
    for name in names:
        sql("INSERT OR IGNORE INTO props (name) VALUES (?)", name)
        sql("INSERT INTO prop_uses SELECT ?, id FROM props WHERE name = ?", scene, name)


def drop_scene(scene):
    sql("DELETE FROM prop_uses WHERE scene = ?", scene)
    sql("DELETE FROM scenes WHERE id = ?", scene)


def drop_production(key):
    for row in sql("SELECT id FROM scenes WHERE production = ?", key):
        drop_scene(row["id"])
    sql("DELETE FROM castings WHERE production = ?", key)
    sql("DELETE FROM productions WHERE id = ?", key)


def add_casting(production, body):
    one("people", body["person"], 422)
    try:
        sql("INSERT INTO castings VALUES (?, ?, ?, ?)", production, body["person"], body["part"], body["fee"])
    except sqlite3.IntegrityError:
        abort(409)


def add_routes(app):
    @app.route("/health")
    def health():
        return jsonify(status="ok")

    @app.route("/people", methods=["POST"])
    def new_person():
        key = insert("INSERT INTO people (name) VALUES (?)", request.json["name"])
        done()
        return render_person(key), 201

    @app.route("/people/<int:key>", methods=["GET", "DELETE"])
    def person(key):
        if request.method == "GET":
            return render_person(key)
        one("people", key)
        sql("UPDATE productions SET director = NULL WHERE director = ?", key)
        sql("DELETE FROM castings WHERE person = ?", key)
        sql("DELETE FROM people WHERE id = ?", key)
        return done()

    @app.route("/productions", methods=["POST"])
    def new_production():
        body = request.json
        if body["director"] is not None:
            one("people", body["director"], 422)
        values = body["title"], body["season"], body["director"]
        key = insert("INSERT INTO productions (title, season, director) VALUES (?, ?, ?)", *values)
        for scene in body["scenes"]:
            set_props(
                insert("INSERT INTO scenes (title, production) VALUES (?, ?)", scene["title"], key), scene["props"]
            )
        done()
        return render_production(key), 201

    @app.route("/productions/<int:key>", methods=["GET", "DELETE"])
    def production(key):
        shown = render_production(key)
        if request.method == "GET":
            return shown
        drop_production(key)
        return done()

    @app.route("/seasons/<int:season>", methods=["DELETE"])
    def drop_season(season):
        for row in sql("SELECT id FROM productions WHERE season = ?", season):
            drop_production(row["id"])
        return done()

    @app.route("/productions/<int:key>/scenes", methods=["PUT"])
    def set_scenes(key):
        one("productions", key)
        wanted = [one("scenes", scene, 422)["id"] for scene in request.json["scenes"]]
        for row in sql("SELECT id FROM scenes WHERE production = ?", key):
            if row["id"] not in wanted:
                drop_scene(row["id"])
        for scene in wanted:
            sql("UPDATE scenes SET production = ? WHERE id = ?", key, scene)
        done()
        return render_production(key)

    @app.route("/scenes/<int:key>/props", methods=["PUT"])
    def set_scene_props(key):
        scene = one("scenes", key)
        set_props(key, request.json["props"])
        done()
        return render_scene(scene)

    @app.route("/productions/<int:key>/cast", methods=["POST", "PUT"])
    def set_cast(key):
        one("productions", key)
        body = request.json
        if request.method == "POST":
            add_casting(key, body)
            done()
            return next(each for each in render_production(key)["cast"] if each["person"]["id"] == body["person"]), 201
        sql("DELETE FROM castings WHERE production = ?", key)
        for each in body["cast"]:
            add_casting(key, each)
        done()
        return render_production(key)

    @app.route("/props")
    def all_props():
        rows = sql("SELECT name, count(scene) AS scenes FROM props LEFT JOIN prop_uses ON prop = id GROUP BY id")
        return jsonify(props=sorted(map(dict, rows), key=lambda row: row["name"]))

    @app.route("/props/<name>", methods=["DELETE"])
    def drop_prop(name):
        prop = (sql("SELECT id FROM props WHERE name = ?", name) or abort(404))[0]["id"]
        sql("DELETE FROM prop_uses WHERE prop = ?", prop)
        sql("DELETE FROM props WHERE id = ?", prop)
        return done()

    @app.route("/counts")
    def count_all():
        return {table: sql(f"SELECT count(*) AS number FROM {table}")[0]["number"] for table in TABLES}
