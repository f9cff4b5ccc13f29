"""Meteors that visitors of an observatory have seen."""

import logging

from flask import Flask, request
from werkzeug.exceptions import InternalServerError

from meteors import health, logs, request_ids, settings, store

log = logging.getLogger("meteors.sightings")


def create_app(config):
    logs.set_up()
    app = Flask(__name__)
    app.config.from_mapping(settings.from_environment())
    app.config.update(config)
    request_ids.init_app(app)
    app.register_blueprint(health.pages)

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

    @app.errorhandler(InternalServerError)
    def failed(error):
        return {"error": "internal"}, 500

    @app.after_request
    def note(response):
        fields = {"method": request.method, "path": request.path, "status": response.status_code}
        log.info("answered", extra={"fields": fields})
        return response

    return app
