"""Tickets shown, whether they are in order, and statements sent: pairs (observed, claimed)."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, event, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, contains_eager, joinedload, mapped_column, relationship, selectinload

db = SQLAlchemy()
CLAIMED = (12, True, 1)


class Project(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Ticket(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))
    project: Mapped[Project | None] = relationship()


def outcome(query):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    sent = []
    with app.app_context():
        db.create_all()
        db.session.add_all(Project(id=n, name=name) for n, name in enumerate(["Ferry", "Attic", "Kiosk"], 1))
        db.session.add_all(Ticket(project_id=key) for key in [1, 2, 3, None, 1, 2, 3, None, 1, 2, 3, 1])
        db.session.commit()
        db.session.remove()
        event.listen(db.engine, "before_cursor_execute", lambda *call: sent.append(call[2]))
        try:
            shown = [ticket.project.name if ticket.project else "-" for ticket in db.session.scalars(query)]
        except OperationalError as error:
            return type(error)
        names = [name for name in shown if name != "-"]
        return len(shown), names == sorted(names), len(sent)


def inner_and_contains_eager():
    return outcome(
        select(Ticket).join(Ticket.project).options(contains_eager(Ticket.project)).order_by(Project.name)
    ), CLAIMED


def joinedload_alone():
    return outcome(select(Ticket).options(joinedload(Ticket.project)).order_by(Project.name)), CLAIMED


def outer_and_selectin():
    return outcome(
        select(Ticket).outerjoin(Ticket.project).options(selectinload(Ticket.project)).order_by(Project.name)
    ), CLAIMED


def outer_and_contains_eager():
    return outcome(
        select(Ticket).join(Ticket.project, isouter=True).options(contains_eager(Ticket.project)).order_by(Project.name)
    ), CLAIMED


def outer_alone():
    return outcome(select(Ticket).outerjoin(Ticket.project).order_by(Project.name)), CLAIMED


def inner_joinedload():
    return outcome(
        select(Ticket).join(Ticket.project).options(joinedload(Ticket.project, innerjoin=True)).order_by(Project.name)
    ), CLAIMED
