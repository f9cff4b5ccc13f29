"""How both routes answer the token of a deleted user."""

import secrets

from flask import Flask
from flask_jwt_extended import JWTManager, create_access_token, get_jwt_identity, jwt_required
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column


def answers():
    db = SQLAlchemy()

    class User(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    app.config["JWT_SECRET_KEY"] = secrets.token_hex(32)
    db.init_app(app)
    jwt = JWTManager(app)

    @jwt.user_lookup_loader
    def load_user(header, payload):
        return db.session.get(User, int(payload["sub"]))

    @app.get("/id")
    @jwt_required()
    def show_id():
        return {"id": get_jwt_identity()}

    @app.get("/greeting")
    @jwt_required(optional=True)
    def greeting():
        return {"hello": get_jwt_identity() or "stranger"}

    with app.app_context():
        db.create_all()
        db.session.add(User(id=7))
        db.session.commit()
        headers = {"Authorization": f"Bearer {create_access_token('7')}"}
        assert app.test_client().get("/id", headers=headers).status_code == 200
        db.session.delete(db.session.get(User, 7))
        db.session.commit()
    client = app.test_client()
    one, two = client.get("/id", headers=headers), client.get("/greeting", headers=headers)
    return one.status_code, two.status_code, two.json.get("hello")


def optional_forgives():
    return answers(), (401, 200, "stranger")


def both_refused():
    return answers(), (401, 401, None)


def loader_unused():
    return answers(), (200, 200, "7")


def only_when_used():
    return answers(), (200, 200, "stranger")


def not_found():
    return answers(), (404, 404, None)


def server_error():
    return answers(), (500, 200, "7")
