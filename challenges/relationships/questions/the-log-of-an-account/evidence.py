"""What the three views do: (entries stored by the first, length of a page, SELECTs of entries while deleting, left)."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, event, func, insert, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DynamicMapped, Mapped, WriteOnlyMapped, mapped_column, relationship

CLAIMED = (1, 20, 0, 0)
FAULTS = (SQLAlchemyError, AttributeError)


def views(annotation, **arguments):
    db = SQLAlchemy()

    class Account(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        entries: annotation = relationship(**arguments)

    class Entry(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
        text: Mapped[str]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)

    def count():
        return db.session.scalar(select(func.count(Entry.id)))

    def add():
        account.entries.add(Entry(text="added"))
        db.session.commit()
        return count() - 60

    def page():
        return len(db.paginate(account.entries.select().order_by(Entry.id.desc())).items)

    def remove():
        sent = []
        event.listen(db.engine, "before_cursor_execute", lambda *call: sent.append(call[2]))
        db.session.delete(account)
        db.session.commit()
        return sum("FROM entry" in text and text.startswith("SELECT") for text in sent)

    def attempt(view):
        try:
            return view()
        except FAULTS as error:
            db.session.rollback()
            return type(error).__name__

    with app.test_request_context():
        event.listen(db.engine, "connect", lambda connection, record: connection.execute("PRAGMA foreign_keys = ON"))
        db.create_all()
        db.session.add(Account(id=1))
        db.session.flush()
        db.session.execute(insert(Entry), [{"account_id": 1, "text": "old"}] * 60)
        db.session.commit()
        account = db.session.get(Account, 1)
        return attempt(add), attempt(page), attempt(remove), count()


def cascade_alone():
    return views(WriteOnlyMapped["Entry"], cascade="all, delete-orphan"), CLAIMED


def write_only_passive():
    return views(WriteOnlyMapped["Entry"], passive_deletes=True), CLAIMED


def dynamic():
    return views(DynamicMapped["Entry"], passive_deletes=True), CLAIMED


def raise_list():
    return views(Mapped[list["Entry"]], lazy="raise", passive_deletes=True), CLAIMED  # noqa: F821


def view_only():
    return views(WriteOnlyMapped["Entry"], viewonly=True), CLAIMED


def list_cascade():
    return views(Mapped[list["Entry"]], cascade="all, delete-orphan"), CLAIMED  # noqa: F821
