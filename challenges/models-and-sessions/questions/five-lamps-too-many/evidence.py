"""The first line that raises, and its exception."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CheckConstraint, func, select
from sqlalchemy.exc import IntegrityError, PendingRollbackError
from sqlalchemy.orm import Mapped, mapped_column


def first_to_raise():
    db = SQLAlchemy()

    class Item(db.Model):
        __table_args__ = (CheckConstraint("stock >= 0"),)

        id: Mapped[int] = mapped_column(primary_key=True)
        stock: Mapped[int]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add(Item(id=1, stock=3))
        db.session.commit()
    with app.test_request_context():
        line = "get"
        try:
            item = db.session.get(Item, 1)
            line = "assignment"
            item.stock -= 5
            line = "query"
            db.session.scalar(select(func.count(Item.id)).where(Item.stock < 2))
            line = "commit"
            db.session.commit()
        except Exception as error:
            return line, type(error)
    return None


def assignment():
    return first_to_raise(), ("assignment", ValueError)


def query():
    return first_to_raise(), ("query", IntegrityError)


def commit():
    return first_to_raise(), ("commit", IntegrityError)


def assignment_checked():
    return first_to_raise(), ("assignment", IntegrityError)


def commit_pending():
    return first_to_raise(), ("commit", PendingRollbackError)


def never():
    return first_to_raise(), None
