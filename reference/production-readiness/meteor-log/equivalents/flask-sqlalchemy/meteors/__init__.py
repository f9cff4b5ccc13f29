"""Meteors that visitors of an observatory have seen."""

import logging
import os
import re
import uuid

from flask import Flask, Response, abort, g, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from meteors import logs
from meteors.models import Sighting, db

log = logging.getLogger("meteors.sightings")


class MissingSetting(Exception):
    pass


def create_app(config):
    app = Flask(__name__)
    try:
        app.config["SECRET_KEY"] = os.environ["SECRET_KEY"] or None
    except KeyError as error:
        raise MissingSetting("SECRET_KEY") from error
    if app.config["SECRET_KEY"] is None:
        raise MissingSetting("SECRET_KEY is empty")
    app.config["SQLALCHEMY_DATABASE_URI"] = os.environ.get("DATABASE_URL", "sqlite:///meteors.db")
    app.config["READ_ONLY"] = os.environ.get("READ_ONLY", "0").lower() not in ("", "0", "false")
    app.config.update(config)
    logs.set_up()
    db.init_app(app)
    app.before_request(begin)
    app.after_request(end)
    app.register_error_handler(Exception, failed)
    app.add_url_rule("/health/live", "live", lambda: {"live": True})
    app.add_url_rule("/health/ready", "ready", ready)
    app.add_url_rule("/sightings", "sightings", list_sightings)
    app.add_url_rule("/sightings", "add", lambda: add_sighting(app.config["READ_ONLY"]), methods=["POST"])
    return app


def begin():
    g.request_id = request.headers.get("X-Request-ID", "")
    if not re.fullmatch("[-0-9A-Za-z]{8,64}", g.request_id):
        g.request_id = uuid.uuid4().hex


def end(response):
    response.headers["X-Request-ID"] = g.request_id
    also = {"status": response.status_code, "method": request.method, "path": request.path}
    log.log(logging.INFO if response.status_code < 500 else logging.ERROR, response.status, extra={"also": also})
    return response


def failed(error):
    if isinstance(error, HTTPException):
        return error
    log.error("unexpected", exc_info=error)
    return {"error": "internal"}, 500


def with_tables():
    db.create_all()
    return db.session


def ready():
    try:
        with_tables().scalars(db.select(Sighting.id).limit(1)).all()
    except SQLAlchemyError:
        return Response(status=503)
    return Response(status=200)


def list_sightings():
    return [sighting.as_dict() for sighting in with_tables().scalars(db.select(Sighting).order_by(Sighting.id))]


def add_sighting(read_only):
    if read_only:
        abort(403)
    match request.get_json():
        case {"place": str(place)} if place:
            sighting = Sighting(place=place)
        case _:
            return {"error": "place is missing"}, 400
    session = with_tables()
    session.add(sighting)
    session.commit()
    log.info("seen at %s", place)
    return sighting.as_dict(), 201
