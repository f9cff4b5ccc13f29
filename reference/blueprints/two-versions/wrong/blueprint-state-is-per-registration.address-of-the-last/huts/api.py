"""The API: what both versions have in common, and where they are."""

from flask import Blueprint, abort, current_app, request

from .v1 import v1
from .v2 import v2

api = Blueprint("api", __name__)
api.register_blueprint(v1, url_prefix="/v1")
for address in ("v2", "latest"):
    v2.address = address
    api.register_blueprint(v2, url_prefix=f"/{address}", name=address)


@api.before_request
def ask_for_the_key() -> None:
    if request.headers.get("X-Api-Key") != current_app.config["API_KEY"]:
        abort(401, "The header X-Api-Key is missing or wrong.")
