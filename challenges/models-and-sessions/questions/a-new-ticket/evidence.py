"""The three printed lines, as pairs (state, votes)."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column


def lines():
    db = SQLAlchemy()

    class Ticket(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
        state: Mapped[str] = mapped_column(default="open")
        votes: Mapped[int] = mapped_column(server_default="0")

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    printed = []
    with app.app_context():
        db.create_all()
        ticket = Ticket(title="The lamp is broken")
        printed.append((ticket.state, ticket.votes))
        db.session.add(ticket)
        printed.append((ticket.state, ticket.votes))
        db.session.flush()
        printed.append((ticket.state, ticket.votes))
    return printed


def at_construction():
    return lines(), [("open", None), ("open", None), ("open", 0)]


def at_add():
    return lines(), [(None, None), ("open", None), ("open", 0)]


def server_unseen():
    return lines(), [(None, None), (None, None), ("open", None)]


def at_flush():
    return lines(), [(None, None), (None, None), ("open", 0)]


def at_once():
    return lines(), [("open", 0), ("open", 0), ("open", 0)]


def after_commit():
    return lines(), [(None, None), (None, None), (None, None)]
