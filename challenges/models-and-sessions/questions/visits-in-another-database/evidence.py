"""The number of visits that each expression gives; three are stored."""

import tempfile

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select, text
from sqlalchemy.orm import Mapped, mapped_column

QUERY = text("SELECT count(*) FROM visit")


def number(expression):
    db = SQLAlchemy()

    class Visit(db.Model):
        __bind_key__ = "stats"
        id: Mapped[int] = mapped_column(primary_key=True)

    with tempfile.TemporaryDirectory() as path:
        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{path}/main.db"
        app.config["SQLALCHEMY_BINDS"] = {"stats": f"sqlite:///{path}/stats.db"}
        db.init_app(app)
        with app.app_context():
            db.create_all()
            db.session.add_all([Visit(), Visit(), Visit()])
            db.session.commit()
            try:
                return expression(db.session, Visit)
            except Exception as error:
                return type(error)


def options():
    return number(lambda session, visit: session.scalar(QUERY, execution_options={"bind_key": "stats"})), 3


def mapper():
    return number(lambda session, visit: session.scalar(QUERY, bind_arguments={"mapper": visit})), 3


def parameter():
    return number(lambda session, visit: session.scalar(QUERY, {"bind_key": "stats"})), 3


def schema():
    return number(lambda session, visit: session.scalar(text("SELECT count(*) FROM stats.visit"))), 3


def keyword():
    return number(lambda session, visit: session.scalar(QUERY, bind_key="stats")), 3


def select_from_text():
    return number(lambda session, visit: session.scalar(select(func.count()).select_from(text("visit")))), 3
