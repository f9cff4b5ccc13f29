"""What the view finds: pairs (observed, claimed), as [file in the configuration, file of the engine]."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


def create_app(config):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:////srv/library.db"
    db.init_app(app)
    app.config.from_mapping(config)
    return app


def found():
    """What the view answers to two requests, one after the other."""
    app = create_app({"SQLALCHEMY_DATABASE_URI": "sqlite:////tmp/test.db"})
    app.testing = True

    @app.get("/")
    def compare():
        addresses = app.config["SQLALCHEMY_DATABASE_URI"], db.engine.url.database
        return [address.rpartition("/")[2] for address in addresses]

    client = app.test_client()
    return [client.get("/").json for _ in range(2)]


def engine_keeps_default():
    return found(), [["test.db", "library.db"]] * 2


def both_test():
    return found(), [["test.db", "test.db"]] * 2


def both_default():
    return found(), [["library.db", "library.db"]] * 2


def until_first_request():
    return found(), [["test.db", "library.db"], ["test.db", "test.db"]]


def view_raises():
    try:
        return found(), RuntimeError
    except RuntimeError as error:
        return type(error), RuntimeError


def factory_raises():
    try:
        create_app({"SQLALCHEMY_DATABASE_URI": "sqlite:////tmp/test.db"})
    except Exception as error:
        return type(error).__name__, "an exception"
    return "an app", "an exception"
