"""How many statements the stem's view sends, compared with the number that each option claims."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, event, select
from sqlalchemy.orm import Mapped, mapped_column, relationship


def statements():
    db = SQLAlchemy()

    class Project(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]

    class Ticket(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
        project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))
        project: Mapped[Project | None] = relationship()

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)

    @app.get("/tickets")
    def tickets():
        found = db.session.scalars(select(Ticket).order_by(Ticket.id))
        return [{"title": ticket.title, "project": ticket.project.name if ticket.project else None} for ticket in found]

    with app.app_context():
        db.create_all()
        db.session.add_all(Project(id=n, name=f"project {n}") for n in (1, 2, 3, 4))
        projects = [1, 2, 3, 4, None, 1, 2, 3, 4, 1, None, 2]
        db.session.add_all(Ticket(title=f"ticket {n}", project_id=key) for n, key in enumerate(projects))
        db.session.commit()
        engine = db.engine
    sent = []
    event.listen(engine, "before_cursor_execute", lambda *call: sent.append(call[2]))
    assert len(app.test_client().get("/tickets").json) == 12
    return len(sent)


def one():
    return statements(), 1


def two():
    return statements(), 2


def five():
    return statements(), 5


def six():
    return statements(), 6


def eleven():
    return statements(), 11


def thirteen():
    return statements(), 13
