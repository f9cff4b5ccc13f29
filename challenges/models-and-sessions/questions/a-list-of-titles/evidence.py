"""What the view answers with each expression: pairs (observed, claimed)."""

from flask import Flask, jsonify
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

CLAIMED = ["Dune", "Emma"]


def answer(expression):
    db = SQLAlchemy()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    app.testing = True
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add_all([Book(title="Emma"), Book(title="Dune")])
        db.session.commit()

    @app.get("/titles")
    def titles():
        query = select(Book.title).order_by(Book.title)
        return jsonify(expression(db, query))

    try:
        return app.test_client().get("/titles").json
    except Exception as error:
        return type(error)


def scalar():
    return answer(lambda db, query: db.session.scalar(query)), CLAIMED


def scalars_all():
    return answer(lambda db, query: db.session.scalars(query).all()), CLAIMED


def execute_all():
    return answer(lambda db, query: db.session.execute(query).all()), CLAIMED


def execute_scalars():
    return answer(lambda db, query: db.session.execute(query).scalars()), CLAIMED


def scalar_one():
    return answer(lambda db, query: db.session.execute(query).scalar_one()), CLAIMED


def mappings():
    return answer(lambda db, query: db.session.execute(query).mappings().all()), CLAIMED
