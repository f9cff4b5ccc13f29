"""Number 22: an app whose queries are counted by a listener in its own process, and one that drops listeners."""

from __future__ import annotations

from tests.hostile.arena import submission

APP = """
from flask import Flask, jsonify
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text

db = SQLAlchemy()


def create_app(config):
    app = Flask(__name__)
    app.config.update(config, SQLALCHEMY_DATABASE_URI="sqlite://")
    db.init_app(app)

    @app.get("/notes")
    def notes():
        return jsonify([db.session.scalar(text(f"select {number}")) for number in range(5)])

    return app
"""

DROP = """
from sqlalchemy import event

event.listen = event.remove = lambda *args, **options: None
"""

SUITE = {
    "data/nothing.py": b"",
    "tests/test_all.py": b'''
import pytest

@pytest.mark.check("lists", concept="c")
def test_lists(client):
    """The app lists notes."""
    assert client.get("/notes").json == [0, 1, 2, 3, 4]

@pytest.mark.check("few-queries", concept="c")
def test_few_queries(app, client):
    """The app needs few queries."""
    with app.sql() as statements:
        client.get("/notes")
    assert len(statements) <= 2
''',
}

TWIN = submission(APP)
TRICK = submission(APP + DROP)
