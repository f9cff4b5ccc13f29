"""The same API on the database driver alone: a connection per request, and SQL."""

import sqlite3

from flask import Flask, current_app, g, request
from sqlalchemy.engine import make_url

SCHEMA = """
CREATE TABLE IF NOT EXISTS trip (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    refused INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS booking (
    id INTEGER PRIMARY KEY,
    trip_id INTEGER NOT NULL REFERENCES trip (id) ON DELETE RESTRICT,
    seat INTEGER NOT NULL CHECK (seat > 0 AND seat < 61),
    passenger TEXT NOT NULL,
    phone TEXT
);
CREATE UNIQUE INDEX IF NOT EXISTS one_passenger_per_seat ON booking (trip_id, seat);
"""
REFUSED = ({"error": "the database refuses this"}, 409)
MISSING = ({"error": "no such trip"}, 404)


def connect():
    connection = sqlite3.connect(make_url(current_app.config["SQLALCHEMY_DATABASE_URI"]).database)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def database():
    if "connection" not in g:
        g.connection = connect()
    return g.connection


def trip_as_json(trip_id):
    row = database().execute("SELECT * FROM trip WHERE id = ?", (trip_id,)).fetchone()
    if row is None:
        return None
    found = database().execute(
        "SELECT id, seat, passenger, phone FROM booking WHERE trip_id = ? ORDER BY seat", (trip_id,)
    )
    return {**dict(row), "bookings": [dict(booking) for booking in found]}


def insert_all(trip_id, rows):
    """The ids of the new bookings, or None where one of them was refused."""
    try:
        with database() as connection:
            return [
                connection.execute(
                    "INSERT INTO booking (trip_id, seat, passenger, phone) VALUES (?, ?, ?, ?)",
                    (trip_id, row["seat"], row["passenger"], row.get("phone")),
                ).lastrowid
                for row in rows
            ]
    except sqlite3.IntegrityError:
        with database() as connection:
            connection.execute("UPDATE trip SET refused = refused + 1 WHERE id = ?", (trip_id,))
        return None


def create_app(config):
    app = Flask(__name__)
    app.config.update(config)

    @app.teardown_appcontext
    def close(_error):
        if "connection" in g:
            g.connection.close()

    @app.route("/health")
    def health():
        return {"status": "ok"}

    @app.route("/trips", methods=["POST"])
    def trips():
        try:
            with database() as connection:
                added = connection.execute("INSERT INTO trip (code) VALUES (?)", (request.json["code"],))
        except sqlite3.IntegrityError:
            return REFUSED
        return trip_as_json(added.lastrowid), 201

    @app.route("/trips/<int:number>", methods=["GET", "DELETE"])
    def trip(number):
        shown = trip_as_json(number)
        if shown is None or request.method != "DELETE":
            return shown or MISSING
        try:
            with database() as connection:
                connection.execute("DELETE FROM trip WHERE id = ?", (number,))
        except sqlite3.IntegrityError:
            return REFUSED
        return "", 204

    @app.route("/trips/<int:number>/bookings", methods=["POST"])
    def bookings(number):
        if trip_as_json(number) is None:
            return MISSING
        ids = insert_all(number, [request.json])
        if ids is None:
            return REFUSED
        row = database().execute("SELECT id, seat, passenger, phone FROM booking WHERE id = ?", ids).fetchone()
        return dict(row), 201

    @app.route("/trips/<int:number>/import", methods=["POST"])
    def load(number):
        if trip_as_json(number) is None:
            return MISSING
        if insert_all(number, request.json["bookings"]) is None:
            return REFUSED
        return trip_as_json(number), 201

    with app.app_context():
        connection = connect()
        connection.executescript(SCHEMA)
        connection.close()
    return app
