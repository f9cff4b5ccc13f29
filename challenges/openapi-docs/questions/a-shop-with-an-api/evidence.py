"""The kinds of both answers: (of /api/nope, of /cart)."""

import logging

from flask import Flask, abort
from flask_smorest import Api, Blueprint

logging.disable()


def kinds():
    app = Flask(__name__)
    app.config.update(API_TITLE="Pets", API_VERSION="1", OPENAPI_VERSION="3.0.3")

    @app.errorhandler(404)
    def missing(error):
        return "<h1>Nothing here</h1>", 404

    @app.get("/cart")
    def cart():
        abort(403)

    api = Api(app)
    blp = Blueprint("pets", "pets", url_prefix="/api/pets")
    api.register_blueprint(blp)
    client = app.test_client()
    found = []
    for path in ("/api/nope", "/cart"):
        answer = client.get(path)
        kind = "json" if answer.is_json else "html"
        found.append("ours" if "Nothing here" in answer.text else kind)
    return tuple(found)


def by_owner():
    return kinds(), ("json", "html")


def crossed():
    return kinds(), ("ours", "json")


def all_json():
    return kinds(), ("json", "json")


def all_html():
    return kinds(), ("ours", "html")


def api_only():
    return kinds(), ("json", "ours")


def order_decides():
    return kinds(), ("json", "json")
