"""All blueprints are made for one app, and errors are handled by class, at every level."""

from flask import Blueprint, Flask, abort, g, jsonify, request, url_for
from werkzeug.exceptions import HTTPException, NotFound

from . import store

DEFAULTS = {
    "HUTS": [
        {"id": 1, "name": "Falcon Rock", "beds": 24, "closed": False},
        {"id": 2, "name": "Old Mill", "beds": 8, "closed": True},
        {"id": 3, "name": "Three Lakes", "beds": 60, "closed": False},
    ],
    "SERVICE": "huts",
    "V1_SUNSET": "Wed, 30 Jun 2027 12:00:00 GMT",
    "MOUNT": None,
}


def create_app(config):
    app = Flask("huts")
    app.config.update(DEFAULTS)
    app.config.update(config)

    @app.get("/")
    def index():
        return jsonify(service=app.config["SERVICE"])

    @app.after_request
    def service(response):
        response.headers.set("X-Service", app.config["SERVICE"])
        return response

    @app.errorhandler(HTTPException)
    def nobody_else(error):
        if isinstance(error, NotFound):
            return jsonify(error="unknown address", path=request.path), 404
        return error

    root = Blueprint("root", __name__, url_prefix=app.config["MOUNT"])
    root.register_blueprint(make_api(app))
    app.register_blueprint(root)
    return app


def make_api(app):
    api = Blueprint("api", __name__, url_prefix="/api")

    @api.before_request
    def locked():
        if request.headers.get("X-Api-Key", "") != app.config["API_KEY"]:
            abort(401)

    api.register_blueprint(make_first(app))
    api.register_blueprint(make_second("v2"))
    api.register_blueprint(make_second("latest"))
    return api


def add_routes(blueprint, version, shape):
    @blueprint.route("/")
    def every():
        return jsonify(version=version, huts=[shape(hut) for hut in store.open_huts()])

    @blueprint.route("/huts/<int:number>")
    def one(number):
        return jsonify(shape(store.find_hut(number)))


def links():
    """The blueprint that was asked, and the one that its parent knows as ``v2``."""
    g.own = request.blueprint
    g.newest = f"{request.blueprints[1]}.v2"
    return g


def make_first(app):
    first = Blueprint("v1", __name__, url_prefix="/v1")

    def shape(hut):
        to = links()
        return {
            "id": hut["id"],
            "name": hut["name"],
            "self": url_for(f"{to.own}.one", number=hut["id"]),
            "index": url_for(f"{to.own}.every"),
            "successor": url_for(f"{to.newest}.one", number=hut["id"]),
        }

    add_routes(first, 1, shape)

    @first.after_request
    def sunset(response):
        response.headers["Sunset"] = app.config["V1_SUNSET"]
        return response

    @first.errorhandler(HTTPException)
    def failed(error):
        return jsonify(error=error.name), error.code

    return first


def make_second(name):
    second = Blueprint(name, __name__, url_prefix=f"/{name}")

    def shape(hut):
        own = links().own
        return {
            "id": hut["id"],
            "name": hut["name"],
            "beds": hut["beds"],
            "self": url_for(f"{own}.one", number=hut["id"]),
            "index": url_for(f"{own}.every"),
        }

    add_routes(second, 2, shape)

    @second.before_request
    def named():
        if request.headers.get("X-Client", "") == "":
            abort(400)

    @second.errorhandler(HTTPException)
    def failed(error):
        return jsonify(error={"status": error.code, "message": error.name}), error.code

    return second
