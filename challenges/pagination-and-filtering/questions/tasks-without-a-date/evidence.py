"""What is printed."""

from datetime import date

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select, tuple_
from sqlalchemy.orm import Mapped, mapped_column


def printed():
    db = SQLAlchemy()

    class Task(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        due: Mapped[date | None]

    def page_after(last):
        query = select(Task).order_by(Task.due.nulls_last(), Task.id).limit(3)
        if last is not None:
            query = query.where(tuple_(Task.due, Task.id) > (last.due, last.id))
        return db.session.scalars(query).all()

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        for n in range(1, 8):
            db.session.add(Task(id=n, due=date(2026, 3, n) if n < 5 else None))
        db.session.commit()
        last, seen = None, []
        while page := page_after(last):
            seen += [task.id for task in page]
            last = page[-1]
    return seen


def dated():
    return printed(), [1, 2, 3, 4]


def all_seven():
    return printed(), [1, 2, 3, 4, 5, 6, 7]


def six():
    return printed(), [1, 2, 3, 4, 5, 6]


def three():
    return printed(), [1, 2, 3]


def nulls_first():
    return printed(), [5, 6, 7, 1, 2, 3, 4]


def undated_first():
    return printed(), [5, 6, 7]
