"""Per option: whether the number of statements is constant, and whether at most 800 rows are returned."""

import sqlite3

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, event, select
from sqlalchemy.orm import Mapped, immediateload, joinedload, mapped_column, relationship, selectinload

fetched = []


class Cursor(sqlite3.Cursor):
    """Notes how many rows are read."""

    def fetchall(self):
        rows = super().fetchall()
        fetched.extend(rows)
        return rows

    def fetchmany(self, *size):
        rows = super().fetchmany(*size)
        fetched.extend(rows)
        return rows

    def fetchone(self):
        row = super().fetchone()
        fetched.extend([row] if row else [])
        return row


class Connection(sqlite3.Connection):
    def cursor(self, factory=Cursor):
        return super().cursor(factory)


def page(count, options, lazy):
    """Statements sent and rows returned for ``count`` orders."""
    db = SQLAlchemy(engine_options={"connect_args": {"factory": Connection}})

    class Customer(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)

    class Order(db.Model):
        __tablename__ = "orders"
        id: Mapped[int] = mapped_column(primary_key=True)
        customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
        customer = relationship("Customer")
        items = relationship("Item", lazy=lazy)
        notes = relationship("Note", lazy=lazy)

    class Item(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))

    class Note(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add_all(Customer(id=n) for n in range(10))
        for n in range(count):
            items, notes = [Item() for _ in range(10)], [Note() for _ in range(8)]
            db.session.add(Order(customer_id=n % 10, items=items, notes=notes))
        db.session.commit()
        db.session.remove()
        sent = []
        event.listen(db.engine, "before_cursor_execute", lambda *call: sent.append(call[2]))
        fetched.clear()
        orders = db.session.scalars(select(Order).options(*options(Order))).unique().all()
        shown = {(order.customer.id in range(10), len(list(order.items)), len(list(order.notes))) for order in orders}
        assert (len(orders), shown) == (count, {(True, 10, 8)})
        return len(sent), len(fetched)


def cost(options, lazy="select"):
    few, _ = page(20, options, lazy)
    many, rows = page(40, options, lazy)
    return (few == many, rows <= 800), (True, True)


def joined_customer():
    return cost(lambda order: [joinedload(order.customer), selectinload(order.items), selectinload(order.notes)])


def joined_everything():
    return cost(lambda order: [joinedload(order.customer), joinedload(order.items), joinedload(order.notes)])


def selectin_everything():
    return cost(lambda order: [selectinload(order.customer), selectinload(order.items), selectinload(order.notes)])


def immediate_everything():
    return cost(lambda order: [immediateload(order.customer), immediateload(order.items), immediateload(order.notes)])


def one_joined_collection():
    return cost(lambda order: [joinedload(order.customer), joinedload(order.items), selectinload(order.notes)])


def dynamic_collections():
    return cost(lambda order: [joinedload(order.customer)], lazy="dynamic")
