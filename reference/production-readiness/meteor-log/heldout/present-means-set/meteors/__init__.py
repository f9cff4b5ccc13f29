"""Meteors that visitors of an observatory have seen."""

import logging
import os
import re
import sqlite3
import uuid

from flask import Flask, g, request
from werkzeug.exceptions import HTTPException

from meteors import logs, store

log = logging.getLogger("meteors.sightings")


def switched_on(value):
    return value.strip().lower() in ("true", "1")


def create_app(config):
    logs.set_up()
    if "SECRET_KEY" not in os.environ:
        raise RuntimeError("SECRET_KEY must be set in the environment")
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=os.environ["SECRET_KEY"],
        DATABASE_URL=os.environ.get("DATABASE_URL", "sqlite:///meteors.db"),
        READ_ONLY=switched_on(os.environ.get("READ_ONLY", "")),
    )
    app.config.update(config)
    log.info("starting")

    @app.before_request
    def name_request():
        sent = request.headers.get("X-Request-ID", "")
        g.request_id = sent if re.fullmatch(r"[A-Za-z0-9-]{8,64}", sent) else str(uuid.uuid4())

    @app.get("/health/live")
    def live():
        return {"status": "alive"}

    @app.get("/health/ready")
    def ready():
        try:
            with store.opened(app.config["DATABASE_URL"]) as database:
                store.check(database)
        except sqlite3.Error as error:
            log.warning("not ready: %s", error)
            return {"status": "not ready"}, 503
        return {"status": "ready"}

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

    @app.errorhandler(Exception)
    def failed(error):
        if isinstance(error, HTTPException):
            return error
        log.exception("unhandled exception")
        return {"error": "internal"}, 500

    @app.after_request
    def note(response):
        response.headers["X-Request-ID"] = g.request_id
        log.info(
            "%s %s %s",
            request.method,
            request.path,
            response.status_code,
            extra={"method": request.method, "path": request.path, "status": response.status_code},
        )
        return response

    return app
