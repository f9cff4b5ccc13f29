"""What Ben reads with each statement; claimed is that something of Ada's is in it, or is counted."""

from flask import Flask, g
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, event
from sqlalchemy.orm import Mapped, mapped_column, relationship, with_loader_criteria


def reads(statement, of_ada):
    db = SQLAlchemy()

    class User(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        notes = relationship("Note")

    class Note(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
        title: Mapped[str]

    @event.listens_for(db.session, "do_orm_execute")
    def own_notes_only(state):
        user_id = g.get("user_id")
        if user_id is not None:
            own = with_loader_criteria(Note, Note.owner_id == user_id)
            state.statement = state.statement.options(own)

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add_all([User(id=1), User(id=2)])
        db.session.flush()
        db.session.add_all([Note(id=n, owner_id=1, title="ada") for n in (1, 2)])
        db.session.add(Note(id=3, owner_id=2, title="ben"))
        db.session.commit()
    with app.test_request_context():
        g.user_id = 2
        found = statement(db, User, Note)
        return of_ada(found), True


def by_key():
    return reads(lambda db, user, note: db.session.get(note, 1), lambda found: found is not None)


def count():
    def statement(db, user, note):
        return db.session.scalar(db.select(db.func.count(note.id)))

    return reads(statement, lambda number: number > 1)


def bare_table():
    def statement(db, user, note):
        return db.session.scalars(db.select(note.__table__.c.title)).all()

    return reads(statement, lambda titles: "ada" in titles)


def lazy():
    return reads(lambda db, user, note: db.session.get(user, 1).notes, bool)


def paginate():
    return reads(lambda db, user, note: db.paginate(db.select(note)).total, lambda total: total > 1)


def joined():
    def statement(db, user, note):
        return db.session.execute(db.select(user.id, note.title).join(user.notes)).all()

    return reads(statement, lambda rows: (1, "ada") in rows)
