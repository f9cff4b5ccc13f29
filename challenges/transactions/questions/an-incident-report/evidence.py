"""The answer, the orders and the incidents after the request of the stem: pairs (observed, claimed)."""

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column


class OutOfStock(Exception):
    pass


def outcome():
    db = SQLAlchemy()

    class Item(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        stock: Mapped[int]

    class Order(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        item_id: Mapped[int]

    class Incident(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        path: Mapped[str]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)

    @app.post("/orders")
    def create_order():
        db.session.add(Order(item_id=1))
        item = db.session.get(Item, 1)
        if item.stock == 0:
            raise OutOfStock
        item.stock -= 1
        db.session.commit()
        return "", 201

    @app.errorhandler(OutOfStock)
    def out_of_stock(error):
        db.session.add(Incident(path=request.path))
        db.session.commit()
        return {"error": "out of stock"}, 409

    with app.app_context():
        db.create_all()
        db.session.add(Item(id=1, stock=0))
        db.session.commit()
    status = app.test_client().post("/orders").status_code
    with app.app_context():
        orders, incidents = (db.session.scalar(select(func.count(model.id))) for model in (Order, Incident))
    return status, orders, incidents


def incident_alone():
    return outcome(), (409, 0, 1)


def nothing_pending_rollback():
    return outcome(), (500, 0, 0)


def nothing_teardown():
    return outcome(), (409, 0, 0)


def both():
    return outcome(), (409, 1, 1)


def order_alone():
    return outcome(), (409, 1, 0)


def incident_and_error():
    return outcome(), (500, 0, 1)
