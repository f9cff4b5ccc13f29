"""Meteors that visitors of an observatory have seen."""

import logging
import os
import sqlite3
import sys

from flask import Flask, jsonify, request

from meteors import logs, store
from meteors.middleware import Noting

log = logging.getLogger("meteors.sightings")


def create_app(config):
    secret = os.getenv("SECRET_KEY")
    if not secret:
        sys.exit("SECRET_KEY is not set.")
    logs.set_up()
    app = Flask(__name__)
    app.secret_key = secret
    app.config["DATABASE_URL"] = os.getenv("DATABASE_URL") or "sqlite:///meteors.db"
    app.config["READ_ONLY"] = os.getenv("READ_ONLY", "").strip().lower() in {"1", "true", "yes", "on"}
    app.config.update(config)
    app.wsgi_app = Noting(app.wsgi_app)
    app.add_url_rule("/health/live", view_func=alive)
    app.add_url_rule("/health/ready", view_func=lambda: ready(app))

    @app.get("/sightings")
    def list_sightings():
        with store.opened(app.config["DATABASE_URL"]) as database:
            return store.sightings(database)

    @app.post("/sightings")
    def add_sighting():
        if app.config["READ_ONLY"]:
            return {"error": "read-only"}, 403
        sent = request.get_json()
        place = sent.get("place") if isinstance(sent, dict) else None
        if not isinstance(place, str) or not place:
            return {"error": "place is missing"}, 400
        with store.opened(app.config["DATABASE_URL"]) as database:
            number = store.add(database, place)
        log.info("seen at %s", place)
        return {"id": number, "place": place}, 201

    @app.errorhandler(sqlite3.Error)
    @app.errorhandler(500)
    def failed(error):
        if isinstance(error, sqlite3.Error):
            log.exception("the database failed")
        return jsonify(error="internal"), 500

    return app


def alive():
    return "", 200


def ready(app):
    try:
        with store.opened(app.config["DATABASE_URL"]) as database:
            store.sightings(database)
    except sqlite3.Error as error:
        log.warning("not ready: %s", error)
        return "no database", 503
    return "ready"
