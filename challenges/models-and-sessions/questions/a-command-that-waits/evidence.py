"""Whether the command ends within two rounds of the web app's commit."""

import tempfile

import sqlalchemy
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Mapped, mapped_column


def ends(look, rest=lambda session: None):
    """`rest` stands for what is called after the sleep; the web app writes during the first sleep."""
    db = SQLAlchemy()

    class Job(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        state: Mapped[str]

    with tempfile.TemporaryDirectory() as path:
        url = f"sqlite:///{path}/jobs.db"
        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = url
        db.init_app(app)
        with app.app_context():
            db.create_all()
            db.session.add(Job(id=1, state="held"))
            db.session.commit()
        web_app = create_engine(url)
        with app.app_context():
            job = db.session.get(Job, 1)
            rounds = 0
            while job.state == "held" and rounds < 3:
                if rounds == 0:
                    with web_app.begin() as connection:
                        connection.execute(text("UPDATE job SET state = 'released' WHERE id = 1"))
                rounds += 1
                rest(db.session)
                job = look(db, Job, job)
            return job.state == "released" and rounds <= 2


def get(db, model, job):
    return db.session.get(model, 1)


def within_no_autoflush(db, model, job):
    with db.session.no_autoflush:
        return db.session.get(model, 1)


def found(db, model, job):
    return db.session.scalars(sqlalchemy.select(model).where(model.id == 1)).one()


def select():
    return ends(found), True


def flush():
    return ends(get, lambda session: session.flush()), True


def merge():
    return ends(lambda db, model, job: db.session.merge(job)), True


def get_or_404():
    return ends(lambda db, model, job: db.get_or_404(model, 1)), True


def rollback():
    return ends(get, lambda session: session.rollback()), True


def no_autoflush():
    return ends(within_no_autoflush), True
