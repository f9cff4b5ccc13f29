"""How many digits of a token a visitor can find out, and what single requests list."""

from secrets import token_hex

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

TOKENS = {"Ann": token_hex(16), "Bob": None, "Eve": token_hex(16)}


def visitor():
    db = SQLAlchemy()

    class Person(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]
        reset_token: Mapped[str | None]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add_all(Person(name=name, reset_token=token) for name, token in TOKENS.items())
        db.session.commit()

    @app.get("/people")
    def people():
        query = select(Person.name).order_by(Person.name)
        for field, value in request.args.items():
            name, _, operator = field.partition("__")
            column = getattr(Person, name)
            if operator == "startswith":
                query = query.where(column.startswith(value, autoescape=True))
            else:
                query = query.where(column == value)
        return db.session.scalars(query).all()

    return app.test_client()


def digits():
    """How many digits of Ann's token are found out by requests alone."""
    client, known = visitor(), ""
    while len(known) < 40:
        for digit in "0123456789abcdef":
            if client.get(f"/people?name=Ann&reset_token__startswith={known}{digit}").json == ["Ann"]:
                known += digit
                break
        else:
            break
    return len(known) if known == TOKENS["Ann"] else None


def whole():
    return digits(), 32


def nothing():
    return digits(), 0


def existence():
    return digits(), 0


def first_digit():
    return digits(), 1


def confirmation():
    return digits(), 0


def listed():
    return visitor().get("/people?name=reset_token").json, [token for token in TOKENS.values() if token]
