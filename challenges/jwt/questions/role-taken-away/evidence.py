"""How Ada and Ben are answered after the change: pairs of two status codes."""

import secrets

from flask import Flask, abort
from flask_jwt_extended import (
    JWTManager,
    create_access_token,
    create_refresh_token,
    current_user,
    get_jwt,
    get_jwt_identity,
    jwt_required,
)
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.pool import StaticPool

CLAIMED = (403, 401)  # every option claims this of Ada and Ben
CLAIM, DATABASE = (lambda: get_jwt()["role"]), (lambda: current_user.role)


def answered(change, role=CLAIM):
    db = SQLAlchemy()

    class User(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        role: Mapped[str] = mapped_column(default="admin")
        active: Mapped[bool] = mapped_column(default=True)

    app = Flask(__name__)
    app.config["JWT_SECRET_KEY"] = secrets.token_hex(32)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"poolclass": StaticPool}
    db.init_app(app)
    jwt = JWTManager(app)

    @jwt.additional_claims_loader
    def add_role(identity):
        return {"role": db.session.get(User, int(identity)).role}

    @app.get("/reports")
    @jwt_required()
    def reports():
        if role() != "admin":
            abort(403)
        return {"reports": []}

    change(app, jwt, lambda claims: db.session.get(User, int(claims["sub"])))
    with app.app_context():
        db.create_all()
        db.session.add_all([User(id=1), User(id=2)])
        db.session.commit()
        tokens = [create_access_token("1"), create_access_token("2")]
        db.session.get(User, 1).role = "member"
        db.session.get(User, 2).active = False
        db.session.commit()
    client = app.test_client()
    return tuple(client.get("/reports", headers={"Authorization": f"Bearer {token}"}).status_code for token in tokens)


def active_user(app, jwt, find):
    @jwt.user_lookup_loader
    def load(header, claims):
        user = find(claims)
        return user if user.active else None


def lookup_and_current_user():
    return answered(active_user, DATABASE), CLAIMED


def lookup_and_claim():
    return answered(active_user, CLAIM), CLAIMED


def lookup_any_user():
    def change(app, jwt, find):
        jwt.user_lookup_loader(lambda header, claims: find(claims))

    return answered(change, DATABASE), CLAIMED


def claims_verification():
    def change(app, jwt, find):
        @jwt.token_verification_loader
        def verify(header, claims):
            return find(claims).active and find(claims).role == claims["role"]

    return answered(change), CLAIMED


def blocklist():
    def change(app, jwt, find):
        @jwt.token_in_blocklist_loader
        def revoked(header, claims):
            return not find(claims).active or find(claims).role != claims.get("role")

    return answered(change), CLAIMED


def at_refresh():
    def change(app, jwt, find):
        @app.post("/refresh")
        @jwt_required(refresh=True)
        def refresh():
            if not find(get_jwt()).active:
                abort(401)
            identity = get_jwt_identity()
            return {
                "access_token": create_access_token(identity),
                "refresh_token": create_refresh_token(identity),
            }

    return answered(change), CLAIMED
