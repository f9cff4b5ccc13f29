"""What the client is told and what is stored: pairs (observed, claimed)."""

import tempfile

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column


def observed():
    app, db = Flask(__name__), SQLAlchemy()

    class Contact(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        email: Mapped[str] = mapped_column(unique=True)

    @app.post("/contacts")
    def add_all():
        results = []
        for row in request.get_json():
            db.session.add(Contact(email=row["email"]))
            try:
                db.session.flush()
                results.append(201)
            except IntegrityError:
                db.session.rollback()
                results.append(409)
        db.session.commit()
        return results, 207

    with tempfile.TemporaryDirectory() as folder:
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/contacts.db"
        db.init_app(app)
        with app.app_context():
            db.create_all()
        rows = [{"email": email} for email in ("ann", "bob", "ann", "cid")]
        answer = app.test_client().post("/contacts", json=rows)
        with app.app_context():
            stored = set(db.session.scalars(select(Contact.email)))
            db.engine.dispose()
    return answer.json if answer.status_code == 207 else answer.status_code, stored


TOLD = [201, 201, 409, 201]


def as_meant():
    return observed(), (TOLD, {"ann", "bob", "cid"})


def after_the_rollback():
    return observed(), (TOLD, {"cid"})


def before_the_failure():
    return observed(), (TOLD, {"ann", "bob"})


def nothing_stored():
    return observed(), (TOLD, set())


def session_unusable():
    return observed(), ([201, 201, 409, 409], {"ann", "bob"})


def raised_at_the_end():
    return observed(), (500, set())
