"""The answer for a number that is taken, and the visits that are stored: pairs (observed, claimed)."""

import flask
from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

CLAIMED = (409, 1, [409])


def taken():
    return {"error": "this number is taken"}, 409


def outcome(first=lambda db: db.session.commit(), handler=lambda db: taken(), leave=None):
    db = SQLAlchemy()

    class Order(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        number: Mapped[str] = mapped_column(unique=True)

    class Visit(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        path: Mapped[str]
        status: Mapped[int]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)

    @app.post("/orders")
    def create_order():
        db.session.add(Order(number=request.json["number"]))
        try:
            first(db)
        except IntegrityError:
            return handler(db)
        return "", 201

    @app.after_request
    def leave_visit(response):
        visit = Visit(path=request.path, status=response.status_code)
        if leave:
            leave(db, visit)
        else:
            db.session.add(visit)
        db.session.commit()
        return response

    with app.app_context():
        db.create_all()
        db.session.add(Order(number="1"))
        db.session.commit()
    status = app.test_client().post("/orders", json={"number": "1"}).status_code
    with app.app_context():
        orders = len(db.session.scalars(select(Order)).all())
        return status, orders, db.session.scalars(select(Visit.status)).all()


def flush_in_the_try():
    return outcome(first=lambda db: db.session.flush()), CLAIMED


def expire_all():
    def handler(db):
        db.session.expire_all()
        return taken()

    return outcome(handler=handler), CLAIMED


def rollback():
    def handler(db):
        db.session.rollback()
        return taken()

    return outcome(handler=handler), CLAIMED


def begin():
    def leave(db, visit):
        db.session.begin()
        db.session.add(visit)

    return outcome(leave=leave), CLAIMED


def savepoint():
    def leave(db, visit):
        with db.session.begin_nested():
            db.session.add(visit)

    return outcome(leave=leave), CLAIMED


def abort():
    return outcome(handler=lambda db: flask.abort(409)), CLAIMED
