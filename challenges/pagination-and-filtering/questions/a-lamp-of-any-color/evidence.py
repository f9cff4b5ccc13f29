"""How many lamps the three requests list."""

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column


def counts():
    db = SQLAlchemy()

    class Lamp(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]
        color: Mapped[str]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        for n, color in enumerate(["red", "red", "red", "blue", "blue"]):
            db.session.add(Lamp(name=f"Lamp {n}", color=color))
        db.session.commit()

    @app.get("/lamps")
    def lamps():
        query = select(Lamp.name).order_by(Lamp.id)
        color = request.args.get("color")
        if color is not None:
            query = query.where(Lamp.color == color)
        return db.session.scalars(query).all()

    client = app.test_client()
    return tuple(len(client.get(f"/lamps{query}").json) for query in ("", "?color=", "?Color=red"))


def five_none_five():
    return counts(), (5, 0, 5)


def all_five():
    return counts(), (5, 5, 5)


def filtered():
    return counts(), (5, 5, 3)


def exact_and_empty():
    return counts(), (5, 0, 3)


def unknown_is_none():
    return counts(), (5, 0, 0)


def none_matches_none():
    return counts(), (0, 0, 0)
