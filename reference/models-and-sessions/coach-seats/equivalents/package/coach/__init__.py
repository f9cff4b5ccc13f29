"""A package on SQLAlchemy alone: one session per request, and an error handler that turns refusals into 409."""

from flask import Flask, g
from sqlalchemy import create_engine, event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import sessionmaker

from .models import Base
from .views import bp, refusal


def create_app(config=None):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:////tmp/coach.db"
    app.config.update(config or {})
    engine = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])

    @event.listens_for(engine, "connect")
    def with_foreign_keys(connection, record):
        connection.execute("PRAGMA foreign_keys = 1")

    Base.metadata.create_all(engine)
    app.extensions["sessions"] = sessionmaker(engine)
    app.register_blueprint(bp)
    app.register_error_handler(IntegrityError, refusal)

    @app.teardown_appcontext
    def close(error):
        session = g.pop("session", None)
        if session is not None:
            session.close()

    return app
