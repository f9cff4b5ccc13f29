"""The answer of `rename` and the stored name: pairs (observed, claimed).

SQLite with `autocommit=False` stands for PostgreSQL: a transaction begins with the first statement, SELECT or savepoint
alike.
"""

import tempfile

from flask import Flask, g, request, session
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

CLAIMED = (204, "Grace")


def outcome(block):
    with tempfile.TemporaryDirectory() as folder:
        db = SQLAlchemy()

        class User(db.Model):
            id: Mapped[int] = mapped_column(primary_key=True)
            name: Mapped[str]

        app = Flask(__name__)
        app.secret_key = "for this evidence"
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/users.db"
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"connect_args": {"autocommit": False}}
        db.init_app(app)

        @app.before_request
        def load_user():
            g.user = db.session.get(User, session["user_id"])

        @app.post("/name")
        def rename():
            block(db)
            return "", 204

        with app.app_context():
            db.create_all()
            db.session.add(User(id=1, name="Ada"))
            db.session.commit()
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["user_id"] = 1
        status = client.post("/name", data={"name": "Grace"}).status_code
        with app.app_context():
            name = db.session.scalar(select(User.name))
            db.session.remove()
            db.engine.dispose()
        return status, name


def rename_user():
    g.user.name = request.form["name"]


def savepoint():
    def block(db):
        with db.session.begin_nested():
            rename_user()

    return outcome(block), CLAIMED


def flush_before():
    def block(db):
        db.session.flush()
        with db.session.begin():
            rename_user()

    return outcome(block), CLAIMED


def expunged():
    def block(db):
        db.session.expunge(g.user)
        with db.session.begin():
            rename_user()

    return outcome(block), CLAIMED


def engine():
    def block(db):
        with db.engine.begin():
            rename_user()

    return outcome(block), CLAIMED


def commit():
    def block(db):
        rename_user()
        db.session.commit()

    return outcome(block), CLAIMED


def no_autoflush():
    def block(db):
        with db.session.no_autoflush:
            rename_user()

    return outcome(block), CLAIMED
