"""Whether the mirror has each change a minute after its commit, in a run of some minutes."""

from datetime import datetime, timedelta

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select, tuple_
from sqlalchemy.orm import Mapped, mapped_column

NOON = datetime(2031, 5, 4, 12)
# item, second of the beginning, second of the commit
REQUESTS = [(9, 3, 5), (3, 20, 21), (7, 12, 38), (3, 50, 52), (2, 55, 85), (9, 80, 82), (5, 90, 91)]


def complete(condition, every=10, by_request_time=False, isolation=None):
    db = SQLAlchemy()

    class Item(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        changed: Mapped[datetime]
        version: Mapped[int]

    def changes(cursor):
        if isolation is not None:
            db.session.connection(execution_options={"isolation_level": isolation})
        query = select(Item).where(condition(Item, *cursor))
        found = [(item.changed, item.id, item.version) for item in db.session.scalars(query)]
        db.session.commit()
        return sorted(found)

    def commit(key, began):
        item = db.session.get(Item, key)
        item.changed, item.version = began, item.version + 1
        db.session.commit()

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add_all(Item(id=n, changed=NOON, version=0) for n in range(1, 10))
        db.session.commit()
        mirror, cursor = dict.fromkeys(range(1, 10), 0), (NOON, 9)
        for second in range(1, 91 + 60):
            now = NOON + timedelta(seconds=second)
            for key, began, committed in REQUESTS:
                if committed == second:
                    commit(key, NOON + timedelta(seconds=began))
            if second % every == 0:
                for changed, key, version in changes(cursor):
                    mirror[key] = version
                    cursor = max(cursor, (changed, key))
                if by_request_time:
                    cursor = (now, 0)
        return mirror == dict(db.session.execute(select(Item.id, Item.version)).all())


def margin():
    return complete(
        lambda item, changed, key: tuple_(item.changed, item.id) > (changed - timedelta(minutes=1), key)
    ), True


def not_smaller():
    return complete(lambda item, changed, key: tuple_(item.changed, item.id) >= (changed, key)), True


def request_time():
    return complete(
        lambda item, changed, key: tuple_(item.changed, item.id) > (changed, key), by_request_time=True
    ), True


def more_often():
    return complete(lambda item, changed, key: tuple_(item.changed, item.id) > (changed, key), every=1), True


def by_id():
    return complete(lambda item, changed, key: item.id > 9), True  # 9 is the greatest id from the beginning on


def serializable():
    return complete(
        lambda item, changed, key: tuple_(item.changed, item.id) > (changed, key), isolation="SERIALIZABLE"
    ), True
