"""The site of an open workshop, whose visitors are to log in with the account that they have with the town."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Account(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app; ``config`` overrides the defaults. There is no default key: it has to be configured."""
    app = Flask(__name__)
    app.config.from_mapping(
        SQLALCHEMY_DATABASE_URI="sqlite:///workshop.db",
        PROVIDER_URL="https://id.town.example",
        CLIENT_ID="workshop",
        MEMBERS=[],
    )
    app.config.from_mapping(config or {})
    db.init_app(app)
    with app.app_context():
        db.create_all()

    @app.get("/")
    def start_page() -> str:
        return "The open workshop: saws, lathes and a kiln."

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    return app
