"""Which customers, orders and lines are stored."""

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
        order = Order(customer=Customer(name="Ada"))
        db.session.add(order)
        order.lines.append(Line(article="pens"))
        Line(article="ink", order=order)
        try:
            db.session.commit()
        except SQLAlchemyError:
            db.session.rollback()
        count = [db.session.scalar(select(func.count(table.id))) for table in (Customer, Order)]
        return (*count, sorted(db.session.scalars(select(Line.article))))


def order_alone():
    return stored(), (0, 1, [])


def no_lines():
    return stored(), (1, 1, [])


def appended_line():
    return stored(), (1, 1, ["pens"])


def assigned_line():
    return stored(), (1, 1, ["ink"])


def both_lines():
    return stored(), (1, 1, ["ink", "pens"])


def nothing():
    return stored(), (0, 0, [])
