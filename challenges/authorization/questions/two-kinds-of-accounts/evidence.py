"""How the two bodies are answered."""

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column


def answered():
    db = SQLAlchemy()

    class User(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]
        is_admin: Mapped[bool] = mapped_column(default=False)

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()

    @app.post("/users")
    def sign_up():
        user = User(**request.get_json())
        db.session.add(user)
        db.session.commit()
        return {"admin": user.is_admin}, 201

    client = app.test_client()
    first = client.post("/users", json={"name": "Ben", "is_admin": True})
    second = client.post("/users", json={"name": "Cem", "nickname": "C"})
    return first.status_code, first.is_json and first.json["admin"], second.status_code


def admin_and_error():
    return answered(), (201, True, 500)


def default_and_error():
    return answered(), (201, False, 500)


def default_and_dropped():
    return answered(), (201, False, 201)


def admin_and_dropped():
    return answered(), (201, True, 201)


def both_refused():
    return answered(), (400, False, 400)


def admin_and_refused():
    return answered(), (201, True, 400)
