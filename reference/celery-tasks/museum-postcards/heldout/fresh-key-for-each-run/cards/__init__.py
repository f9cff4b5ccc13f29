"""Cards: a museum's visitors send postcards, which a print house prints and posts."""

import os
from collections.abc import Mapping
from typing import Any

from flask import Flask

from cards import disk
from cards.models import create_tables, db
from cards.queue import make_celery
from cards.views import pages


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app. Its settings come from the environment; ``config`` overrides them."""
    app = Flask(__name__)
    app.config.from_mapping(
        SQLALCHEMY_DATABASE_URI=os.environ.get("DATABASE_URL", "sqlite:///cards.db"),
        SQLALCHEMY_ENGINE_OPTIONS={"connect_args": {"timeout": 30}},  # commits may take their time
        REDIS_URL=os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0"),
        RETRY_SECONDS=int(os.environ.get("RETRY_SECONDS", "60")),
        PRESS_SECONDS=int(os.environ.get("PRESS_SECONDS", "60")),
        REDELIVERY_SECONDS=int(os.environ.get("REDELIVERY_SECONDS", "3600")),
    )
    app.config.from_mapping(config or {})
    make_celery(app)
    db.init_app(app)
    disk.watch()
    app.register_blueprint(pages)
    with app.app_context():
        create_tables()
        db.engine.dispose()  # a process that is forked later inherits no connection
    return app
