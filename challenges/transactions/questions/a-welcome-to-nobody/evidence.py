"""Who gets a mail, who is stored and who has a wallet, after a good request, a bad currency and a taken email."""

import flask
from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CheckConstraint, ForeignKey, event, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

CLAIMED = (["ada"], ["ada"], ["ada"])


def outcome(body):
    db = SQLAlchemy()

    class User(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        email: Mapped[str] = mapped_column(unique=True)

    class Wallet(db.Model):
        __table_args__ = (CheckConstraint("currency IN ('EUR', 'USD', 'CHF')"),)

        id: Mapped[int] = mapped_column(primary_key=True)
        user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
        currency: Mapped[str]
        user: Mapped[User] = relationship()

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    mails = []

    @app.post("/users")
    def register():
        user = User(email=request.json["email"])
        body(db, user, lambda: Wallet(user=user, currency=request.json["currency"]), mails.append)
        return "", 201

    with app.app_context():
        db.create_all()
    client = app.test_client()
    for email, currency in (("ada", "EUR"), ("ben", "XYZ"), ("ada", "USD")):
        client.post("/users", json={"email": email, "currency": currency})
    with app.app_context():
        owners = select(User.email).join(Wallet.user).order_by(User.email)
        return mails, db.session.scalars(select(User.email)).all(), db.session.scalars(owners).all()


def flush_first():
    def body(db, user, wallet, send):
        db.session.add(user)
        db.session.flush()
        send(user.email)
        db.session.add(wallet())
        db.session.commit()

    return outcome(body), CLAIMED


def commit_first():
    def body(db, user, wallet, send):
        db.session.add(user)
        db.session.commit()
        send(user.email)
        db.session.add(wallet())
        db.session.commit()

    return outcome(body), CLAIMED


def savepoint():
    def body(db, user, wallet, send):
        with db.session.begin_nested():
            db.session.add(user)
            send(user.email)
            db.session.add(wallet())
        db.session.commit()

    return outcome(body), CLAIMED


def after_this_request():
    def body(db, user, wallet, send):
        email = user.email

        @flask.after_this_request
        def mail(response):
            send(email)
            return response

        db.session.add(user)
        db.session.add(wallet())
        db.session.commit()

    return outcome(body), CLAIMED


def before_commit():
    def body(db, user, wallet, send):
        event.listen(db.session(), "before_commit", lambda session: send(user.email))
        db.session.add(user)
        db.session.add(wallet())
        db.session.commit()

    return outcome(body), CLAIMED


def after_commit():
    def body(db, user, wallet, send):
        db.session.add(user)
        db.session.add(wallet())
        db.session.commit()
        send(user.email)

    return outcome(body), CLAIMED
