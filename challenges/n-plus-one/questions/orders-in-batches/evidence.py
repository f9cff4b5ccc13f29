"""What the stem's export does with each option, compared with four statements and a run to the end."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, event, select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import (
    Mapped,
    immediateload,
    joinedload,
    lazyload,
    mapped_column,
    raiseload,
    relationship,
    selectinload,
    subqueryload,
)

db = SQLAlchemy()


class Order(db.Model):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    lines: Mapped[list["Line"]] = relationship()


class Line(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))


def export(option):
    """How many statements the export sent, or the name of what it raised."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add_all(Order(lines=[Line(text="a"), Line(text="b")]) for _ in range(1200))
        db.session.commit()
        db.session.remove()
        sent, written = [], []
        event.listen(db.engine, "before_cursor_execute", lambda *call: sent.append(call[2]))
        query = select(Order).options(option).execution_options(yield_per=500)
        try:
            for order in db.session.scalars(query):
                written.append((order.id, [line.text for line in order.lines]))
        except InvalidRequestError as error:
            return type(error).__name__, 4
        assert len(written) == 1200
        return len(sent), 4


def joined():
    return export(joinedload(Order.lines))


def subquery():
    return export(subqueryload(Order.lines))


def immediate():
    return export(immediateload(Order.lines))


def lazy():
    return export(lazyload(Order.lines))


def raise_on_sql():
    return export(raiseload(Order.lines))


def selectin():
    return export(selectinload(Order.lines))
