"""How many customers, orders and lines are stored, and whether each line has an order."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column, relationship


def stored():
    db = SQLAlchemy()

    class Customer(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]
        orders: Mapped[list["Order"]] = relationship(back_populates="customer")

    class Order(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
        customer: Mapped["Customer | None"] = relationship(back_populates="orders")
        lines: Mapped[list["Line"]] = relationship(back_populates="order")

    class Line(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        article: Mapped[str]
        order_id: Mapped[int | None] = mapped_column(ForeignKey("order.id"))
        order: Mapped["Order | None"] = relationship(back_populates="lines")

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        ada = Customer(name="Ada")
        pens = Line(article="pens")
        ink = Line(article="ink")
        order = Order(customer=ada, lines=[pens, ink])  # noqa: F841
        db.session.add(pens)
        try:
            db.session.commit()
        except SQLAlchemyError:
            db.session.rollback()
        return tuple(db.session.scalar(select(func.count(table.id))) for table in (Customer, Order, Line))


def one_line():
    return stored(), (0, 0, 1)


def everything():
    return stored(), (1, 1, 2)


def without_sibling():
    return stored(), (1, 1, 1)


def one_step():
    return stored(), (0, 1, 1)


def without_customer():
    return stored(), (0, 1, 2)


def empty():
    return stored(), (0, 0, 0)
