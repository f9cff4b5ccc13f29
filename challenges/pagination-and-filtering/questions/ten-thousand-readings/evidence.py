"""The ratio of the rows that the database goes through, counted by a function in the condition."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

RATIOS = [1, 2, 10, 50, 100, 5000]


def nearest():
    db = SQLAlchemy()

    class Reading(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)

    rows = 0

    def tick(_):
        nonlocal rows
        rows += 1
        return 1

    def by_offset(page):
        query = select(Reading).where(func.tick(Reading.id) == 1).order_by(Reading.id)
        return db.session.scalars(query.limit(100).offset((page - 1) * 100)).all()

    def by_cursor(last_id):
        query = select(Reading).where(Reading.id > last_id, func.tick(Reading.id) == 1).order_by(Reading.id)
        return db.session.scalars(query.limit(100)).all()

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.execute(insert(Reading), [{"id": n} for n in range(1, 10_001)])
        db.session.commit()
        db.session.connection().connection.dbapi_connection.create_function("tick", 1, tick)
        for page in range(1, 101):
            assert len(by_offset(page)) == 100
        offset, rows, last_id = rows, 0, 0
        for _ in range(100):
            last_id = by_cursor(last_id)[-1].id
        assert last_id == 10_000
    return min(RATIOS, key=lambda ratio: abs(offset / rows - ratio))


def fifty():
    return nearest(), 50


def same():
    return nearest(), 1


def two():
    return nearest(), 2


def ten():
    return nearest(), 10


def hundred():
    return nearest(), 100


def five_thousand():
    return nearest(), 5000
