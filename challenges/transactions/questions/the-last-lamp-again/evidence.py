"""Whether the row is locked when the stock is checked, and which stock is seen: pairs (observed, claimed).

The statements are run on SQLite and compiled for PostgreSQL as well, where FOR UPDATE is part of them. Another
connection sells an item right after the first read.
"""

import sqlite3
import tempfile

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapped, mapped_column

CLAIMED = (True, 0)


def outcome(line):
    with tempfile.TemporaryDirectory() as folder:
        db = SQLAlchemy()

        class Item(db.Model):
            id: Mapped[int] = mapped_column(primary_key=True)
            for_sale: Mapped[bool]
            stock: Mapped[int]

        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/items.db"
        db.init_app(app)
        sent = []
        with app.app_context():
            db.create_all()
            db.session.add(Item(id=1, for_sale=True, stock=1))
            db.session.commit()
            item = db.get_or_404(Item, 1)
            assert item.for_sale
            other = sqlite3.connect(f"{folder}/items.db")
            other.execute("UPDATE item SET stock = 0")
            other.commit()
            other.close()
            event.listen(
                db.engine,
                "before_execute",
                lambda connection, statement, *rest: sent.append(str(statement.compile(dialect=postgresql.dialect()))),
            )
            line(db, Item, item, 1)
            seen = item.stock
            db.session.remove()
            db.engine.dispose()
        return any(" FOR UPDATE" in statement for statement in sent), seen


def get():
    return outcome(lambda db, model, item, item_id: db.session.get(model, item_id, with_for_update=True)), CLAIMED


def query():
    def line(db, model, item, item_id):
        db.session.scalars(select(model).filter_by(id=item_id).with_for_update()).one()

    return outcome(line), CLAIMED


def column():
    def line(db, model, item, item_id):
        db.session.scalar(select(model.stock).filter_by(id=item_id).with_for_update())

    return outcome(line), CLAIMED


def query_of():
    def line(db, model, item, item_id):
        db.session.execute(select(model).filter_by(id=item_id).with_for_update(of=model)).scalar_one()

    return outcome(line), CLAIMED


def refresh_locked():
    return outcome(lambda db, model, item, item_id: db.session.refresh(item, with_for_update=True)), CLAIMED


def expire():
    return outcome(lambda db, model, item, item_id: db.session.expire(item, ["stock", "for_sale"])), CLAIMED
