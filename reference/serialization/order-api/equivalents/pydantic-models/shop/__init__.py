"""The shop, with pydantic at its door."""

from flask import Flask
from pydantic import ValidationError

from . import errors, views
from .models import db


def create_app(config=None):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///shop.db"
    app.config.update(config or {})
    db.init_app(app)
    views.register(app)
    app.register_error_handler(ValidationError, errors.from_pydantic)
    app.register_error_handler(errors.Refused, errors.from_rule)
    with app.app_context():
        db.create_all()
    return app
