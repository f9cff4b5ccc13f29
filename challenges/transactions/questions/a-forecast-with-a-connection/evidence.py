"""How many connections are out of the pool while `fetch_forecast` runs: pairs (observed, claimed)."""

import tempfile

from flask import Flask, session
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

NONE_HELD = (200, [0])


def outcome(line):
    with tempfile.TemporaryDirectory() as folder:
        db = SQLAlchemy()

        class User(db.Model):
            id: Mapped[int] = mapped_column(primary_key=True)
            place: Mapped[str]

        app = Flask(__name__)
        app.secret_key = "for this evidence"
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/users.db"
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_size": 5, "max_overflow": 0}
        db.init_app(app)
        held = []

        def fetch_forecast(place):
            held.append(db.engine.pool.checkedout())
            return f"Rain in {place}"

        @app.get("/forecast")
        def forecast():
            user = db.session.get(User, session["user_id"])
            place = user.place
            if line is None:
                del user
            else:
                line(db)
            return fetch_forecast(place)

        with app.app_context():
            db.create_all()
            db.session.add(User(id=1, place="Bern"))
            db.session.commit()
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["user_id"] = 1
        status = client.get("/forecast").status_code
        with app.app_context():
            db.engine.dispose()
        return status, held


def commit():
    return outcome(lambda db: db.session.commit()), NONE_HELD


def flush():
    return outcome(lambda db: db.session.flush()), NONE_HELD


def expire_all():
    return outcome(lambda db: db.session.expire_all()), NONE_HELD


def expunge_all():
    return outcome(lambda db: db.session.expunge_all()), NONE_HELD


def savepoint():
    return outcome(lambda db: db.session.begin_nested().rollback()), NONE_HELD


def delete_the_name():
    return outcome(None), NONE_HELD
