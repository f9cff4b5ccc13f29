"""User accounts whose API is to be guarded by access and refresh tokens."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class User(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    role: Mapped[str] = mapped_column(default="member")
    active: Mapped[bool] = mapped_column(default=True)


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.from_mapping(
        SQLALCHEMY_DATABASE_URI="sqlite:///accounts.db",
        JWT_ACCESS_TOKEN_EXPIRES=900,
        JWT_REFRESH_TOKEN_EXPIRES=2_592_000,
        PASSWORD_HASH_METHOD="scrypt",
    )
    app.config.from_mapping(config or {})
    db.init_app(app)

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    with app.app_context():
        db.create_all()
    return app
