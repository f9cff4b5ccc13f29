"""What a platform asks: whether to restart the app (live), and whether to send it requests (ready)."""

import sqlite3

from flask import Blueprint, current_app

from meteors import store

pages = Blueprint("health", __name__, url_prefix="/health")


@pages.get("/live")
def live():
    return {"status": "ok"}


@pages.get("/ready")
def ready():
    try:
        with store.opened(current_app.config["DATABASE_URL"]) as database:
            database.execute("SELECT id FROM sightings LIMIT 1").fetchall()
    except sqlite3.Error:
        return {"status": "no database"}, 503
    return {"status": "ok"}
