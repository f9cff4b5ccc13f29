"""Whether each change gives both things: pairs (observed, claimed), as (tables made, the answers of GET /)."""

import sys
import tempfile
from functools import cache
from unittest import mock

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import inspect, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, mapped_column

db = SQLAlchemy()
CLAIMED = (True, ["Library", "Harbour", "Riverside"])


class Setting(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


def stored():
    return db.session.scalar(select(Setting.name))


def configured():
    return current_app.config["NAME"]


def as_it_stands(app):
    app.config["NAME"] = stored()


def outcome(early=None, late=None, name=configured):
    """``early`` and ``late`` are what the factory does in its context, in front of the command and at its end."""

    def create_app(config):
        app = Flask("library")
        app.config.from_mapping(config)
        db.init_app(app)
        if early:
            with app.app_context():
                early(app)

        @app.cli.command("init-db")
        def init_db():
            db.create_all()

        @app.get("/")
        def index():
            return name() or "Library"

        if late:
            with app.app_context():
                late(app)
        return app

    def write(app, value):
        with app.app_context():
            db.session.merge(Setting(id=1, name=value))
            db.session.commit()

    with tempfile.TemporaryDirectory() as folder:
        config = {"SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/library.db"}
        try:
            with mock.patch.object(sys, "argv", ["flask", "init-db"]):
                command = create_app(config)
                command.test_cli_runner().invoke(args=["init-db"])
        except OperationalError:
            return False, []
        with command.app_context():
            made = inspect(db.engine).has_table("setting")
        app = create_app(config)
        answers = [app.test_client().get("/").text]
        for value in ("Harbour", "Riverside"):
            write(command, value)
            answers.append(app.test_client().get("/").text)
        return made, answers


def below_the_command():
    return outcome(late=as_it_stands), CLAIMED


def catch_the_error():
    def read(app):
        try:
            app.config["NAME"] = stored()
        except OperationalError:
            app.config["NAME"] = None

    return outcome(early=read), CLAIMED


def create_first():
    def read(app):
        db.create_all()
        app.config["NAME"] = stored()

    return outcome(early=read), CLAIMED


def read_in_the_view():
    return outcome(name=stored), CLAIMED


def cached_function():
    return outcome(name=cache(stored)), CLAIMED


def skip_for_the_command():
    def read(app):
        if "init-db" not in sys.argv:
            app.config["NAME"] = stored()

    return outcome(early=read), CLAIMED
