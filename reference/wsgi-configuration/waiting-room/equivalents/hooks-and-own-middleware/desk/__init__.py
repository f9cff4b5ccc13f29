import os

from flask import Flask
from sqlalchemy.pool import NullPool

from desk import diagnostics, forms, numbers
from desk.board import Board
from desk.models import create_tables, db


def create_app(config):
    app = Flask(__name__)
    app.config.from_mapping(
        SQLALCHEMY_DATABASE_URI=os.environ.get("DESK_DATABASE", "sqlite:///desk.db"),
        SQLALCHEMY_ENGINE_OPTIONS={"poolclass": NullPool},
    )
    app.config.from_mapping(config)
    db.init_app(app)
    for module in (numbers, forms, diagnostics):
        app.register_blueprint(module.blueprint)
    app.extensions.update(forms=forms.load(), board=Board(app))
    with app.app_context():
        create_tables()
    return app
