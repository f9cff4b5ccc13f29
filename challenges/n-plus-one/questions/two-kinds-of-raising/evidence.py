"""Which accesses raise with each option: pairs (observed, claimed)."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Mapped, mapped_column, raiseload, relationship

db = SQLAlchemy()


class Project(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    active: Mapped[bool]


class Ticket(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))
    project: Mapped[Project | None] = relationship()


def raising(option):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add_all([Project(id=1, active=True), Project(id=2, active=False)])
        db.session.add_all(Ticket(id=n, project_id=key) for n, key in [(1, 1), (2, 2), (3, None)])
        db.session.commit()
        db.session.remove()
        active = db.session.scalars(select(Project).where(Project.active)).all()
        query = select(Ticket).options(option).order_by(Ticket.id)
        found = ""
        for name, ticket in zip("abc", db.session.scalars(query).all(), strict=True):
            try:
                assert ticket.project in (*active, None)
            except InvalidRequestError:
                found += name
        return found


def both():
    return raising(raiseload(Ticket.project, sql_only=True)), raising(raiseload(Ticket.project))


def same_for_both():
    return both(), ("b", "b")


def null_is_exempt():
    return both(), ("b", "ab")


def statement_or_access():
    return both(), ("b", "abc")


def null_is_asked_for():
    return both(), ("bc", "abc")


def session_does_not_matter():
    return both(), ("ab", "abc")


def other_way_round():
    return both(), ("abc", "b")
