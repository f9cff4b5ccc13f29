"""Meteors that visitors of an observatory have seen."""

import logging
import os
import sqlite3

from flask import Flask, request

from meteors import logs, store

log = logging.getLogger("meteors.sightings")


def create_app(config):
    logs.set_up()
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=os.environ.get("SECRET_KEY", "change-me"),
        DATABASE_URL=os.environ.get("DATABASE_URL", "sqlite:///meteors.db"),
        READ_ONLY=bool(os.environ.get("READ_ONLY")),
    )
    app.config.update(config)
    log.info("starting with %s", dict(app.config))

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
    def failed(error):
        return {"error": repr(error)}, 500

    @app.after_request
    def note(response):
        log.info("%s %s %s", request.method, request.full_path, response.status_code)
        return response

    return app
