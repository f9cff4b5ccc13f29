"""A farm's shop whose visitors fill a basket. Customers cannot register or log in yet."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, abort, request, session
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)

LOGIN_PAGE = """<!doctype html>
<title>Log in</title>
<form method="post">
  <input name="email" type="email" autocomplete="username">
  <input name="password" type="password" autocomplete="current-password">
  <label><input name="remember" type="checkbox" value="yes"> Remember me</label>
  <button>Log in</button>
</form>
"""


class Customer(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.from_mapping(
        SQLALCHEMY_DATABASE_URI="sqlite:///farmshop.db",
        IDLE_SECONDS=1800,
        REMEMBER_SECONDS=2_592_000,
        SECURE_COOKIES=False,
        PASSWORD_HASH_METHOD="scrypt",
    )
    app.config.from_mapping(config or {})
    db.init_app(app)

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/")
    def home() -> dict[str, Any]:
        return {"customer": None, "basket": session.get("basket", [])}

    @app.post("/basket")
    def add_to_basket() -> tuple[str, int]:
        item = request.form.get("item") or abort(400)
        session["basket"] = [*session.get("basket", []), item]
        return "", 204

    @app.get("/login")
    def login_page() -> str:
        return LOGIN_PAGE

    with app.app_context():
        db.create_all()
    return app
