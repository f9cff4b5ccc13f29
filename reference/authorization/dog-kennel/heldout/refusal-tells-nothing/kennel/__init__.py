"""A boarding kennel: people, their dogs, and the stays of the dogs."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from kennel.browsers import allow_other_origins
from kennel.dogs import dogs
from kennel.limits import HourlyLimit
from kennel.lists import lists
from kennel.models import db
from kennel.office import arrivals, office
from kennel.people import people


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.from_mapping(
        SQLALCHEMY_DATABASE_URI="sqlite:///kennel.db",
        PASSWORD_HASH_METHOD="scrypt",
        FRONTEND_ORIGINS=[],
        PHOTOS_PER_HOUR=5,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.config.from_mapping(config or {})
    db.init_app(app)
    for blueprint in (people, dogs, lists, office):
        app.register_blueprint(blueprint)
    app.add_url_rule("/arrivals", "gate", arrivals)  # short, for the tablet at the gate
    app.after_request(allow_other_origins)
    app.extensions["photo_limit"] = HourlyLimit(app.config["PHOTOS_PER_HOUR"])
    with app.app_context():
        db.create_all()
    return app
