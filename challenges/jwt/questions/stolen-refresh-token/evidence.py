"""What is left after the theft: pairs of (status for the thief's next refresh, status for the tablet's)."""

import secrets

from flask import Flask, abort
from flask_jwt_extended import (
    JWTManager,
    create_access_token,
    create_refresh_token,
    get_jti,
    get_jwt,
    jwt_required,
)
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import update
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.pool import StaticPool

CLAIMED = (401, 200)  # every option claims that the thief is out and the tablet in


def theft(here=lambda db, model, token: None, use=lambda db, token: setattr(token, "state", "used")):
    db = SQLAlchemy()

    class RefreshToken(db.Model):
        jti: Mapped[str] = mapped_column(primary_key=True)
        user_id: Mapped[int]
        login: Mapped[str]
        state: Mapped[str]

    app = Flask(__name__)
    app.config["JWT_SECRET_KEY"] = secrets.token_hex(32)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"poolclass": StaticPool}
    db.init_app(app)
    JWTManager(app)

    def new_pair(user_id, login):
        token = create_refresh_token(str(user_id))
        db.session.add(RefreshToken(jti=get_jti(token), user_id=user_id, login=login, state="fresh"))
        db.session.commit()
        return {"access_token": create_access_token(str(user_id)), "refresh_token": token}

    @app.post("/refresh")
    @jwt_required(refresh=True)
    def refresh():
        token = db.session.get(RefreshToken, get_jwt()["jti"])
        if token is None or token.state != "fresh":
            if token is not None:
                here(db, RefreshToken, token)
                db.session.commit()
            abort(401)
        user_id, login = token.user_id, token.login
        use(db, token)
        return new_pair(user_id, login)

    client = app.test_client()

    def sent(token):
        return client.post("/refresh", headers={"Authorization": f"Bearer {token}"})

    with app.app_context():
        db.create_all()
        stolen = new_pair(1, "phone")["refresh_token"]
        tablet = new_pair(1, "tablet")["refresh_token"]
    thief = sent(stolen).json["refresh_token"]
    sent(stolen)
    return sent(thief).status_code, sent(tablet).status_code


def revoked_where(column):
    def here(db, model, token):
        same = getattr(model, column) == getattr(token, column)
        db.session.execute(update(model).where(same).values(state="revoked"))

    return here


def revoke_user():
    return theft(here=revoked_where("user_id")), CLAIMED


def already_safe():
    return theft(), CLAIMED


def delete_used():
    return theft(use=lambda db, token: db.session.delete(token)), CLAIMED


def keep_fresh():
    return theft(use=lambda db, token: None), CLAIMED


def revoke_login():
    return theft(here=revoked_where("login")), CLAIMED


def revoke_the_used_one():
    return theft(here=revoked_where("jti")), CLAIMED
