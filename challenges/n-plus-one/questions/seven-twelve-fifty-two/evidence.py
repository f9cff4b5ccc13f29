"""How many statements the request sends with 5, 10 and 50 orders: pairs (observed, claimed)."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, event, func, select
from sqlalchemy.orm import (
    Mapped,
    immediateload,
    joinedload,
    lazyload,
    mapped_column,
    relationship,
    selectinload,
)

CLAIMED = [7, 12, 52]

db = SQLAlchemy()


class Customer(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Order(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    customer: Mapped[Customer] = relationship()
    items: Mapped[list["Item"]] = relationship()


class Item(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"))


def counted(*options):
    return [statements(number, options) for number in (5, 10, 50)]


def statements(number, options):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    sent = []
    with app.app_context():
        db.create_all()
        for n in range(number):
            db.session.add(Order(customer=Customer(name=f"customer {n}"), items=[Item(), Item()]))
        db.session.commit()
        db.session.remove()
        event.listen(db.engine, "before_cursor_execute", lambda *call: sent.append(call[2]))
        total = db.session.scalar(select(func.count(Order.id)))
        query = select(Order).options(*options)
        orders = db.session.scalars(query).unique().all()
        rows = [(order.customer.name, len(order.items)) for order in orders]
        assert total == len(rows) == number
    return len(sent)


def lazy_both():
    return counted(lazyload(Order.customer), lazyload(Order.items)), CLAIMED


def selectin_customer():
    return counted(selectinload(Order.customer), lazyload(Order.items)), CLAIMED


def selectin_both():
    return counted(selectinload(Order.customer), selectinload(Order.items)), CLAIMED


def immediate_and_selectin():
    return counted(immediateload(Order.customer), selectinload(Order.items)), CLAIMED


def joined_and_selectin():
    return counted(joinedload(Order.customer), selectinload(Order.items)), CLAIMED


def joined_customer():
    return counted(joinedload(Order.customer), lazyload(Order.items)), CLAIMED
