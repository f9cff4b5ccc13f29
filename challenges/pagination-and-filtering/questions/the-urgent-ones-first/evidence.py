"""Whether the walk over all pages is each task once, in the order of the list."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import and_, or_, select, tuple_
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, mapped_column

TASKS = [(n * 37 % 101, n % 3) for n in range(100)]  # id, priority


def walk(condition):
    db = SQLAlchemy()

    class Task(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        priority: Mapped[int]

    def page_after(last):
        query = select(Task).order_by(Task.priority.desc(), Task.id).limit(20)
        if last is not None:
            query = query.where(condition(Task, last.priority, last.id))
        return db.session.scalars(query).all()

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add_all(Task(id=key, priority=priority) for key, priority in TASKS)
        db.session.commit()
        seen, last = [], None
        try:
            while (page := page_after(last)) and len(seen) < 500:
                seen += [(task.id, task.priority) for task in page]
                last = page[-1]
        except OperationalError as error:
            return type(error)
    return seen == sorted(TASKS, key=lambda task: (-task[1], task[0]))


def negated():
    return walk(lambda task, priority, key: tuple_(-task.priority, task.id) > (-priority, key)), True


def greater():
    return walk(lambda task, priority, key: tuple_(task.priority, task.id) > (priority, key)), True


def smaller():
    return walk(lambda task, priority, key: tuple_(task.priority, task.id) < (priority, key)), True


def desc_in_tuple():
    return walk(lambda task, priority, key: tuple_(task.priority.desc(), task.id) > (priority, key)), True


def apart():
    return walk(lambda task, priority, key: and_(task.priority <= priority, task.id > key)), True


def either():
    return walk(lambda task, priority, key: or_(task.priority < priority, task.id > key)), True
