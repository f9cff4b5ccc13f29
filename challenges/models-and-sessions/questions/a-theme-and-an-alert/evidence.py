"""What is stored after the two requests."""

from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON
from sqlalchemy.ext.mutable import MutableDict
from sqlalchemy.orm import Mapped, mapped_column


def stored():
    db = SQLAlchemy()

    class User(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        settings: Mapped[dict[str, Any]] = mapped_column(MutableDict.as_mutable(JSON))

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add(User(id=1, settings={"theme": "light", "alerts": {"mail": True}}))
        db.session.commit()
    with app.test_request_context():
        user = db.session.get(User, 1)
        user.settings["alerts"]["mail"] = False
        db.session.commit()
    with app.test_request_context():
        user = db.session.get(User, 1)
        user.settings["theme"] = "dark"
        db.session.commit()
    with app.app_context():
        return db.session.get(User, 1).settings


def both():
    return stored(), {"theme": "dark", "alerts": {"mail": False}}


def neither():
    return stored(), {"theme": "light", "alerts": {"mail": True}}


def changed_key_only():
    return stored(), {"theme": "dark"}


def first_only():
    return stored(), {"theme": "light", "alerts": {"mail": False}}


def outer_only():
    return stored(), {"theme": "dark", "alerts": {"mail": True}}


def inner_emptied():
    return stored(), {"theme": "dark", "alerts": {}}
