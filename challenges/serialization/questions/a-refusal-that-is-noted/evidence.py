"""What is stored after the refused request: (lines, A in stock, refusals)."""

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from marshmallow import Schema, ValidationError, fields
from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship


def stored():
    db = SQLAlchemy()

    class Order(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        lines: Mapped[list["Line"]] = relationship()

    class Line(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        order_id: Mapped[int] = mapped_column(ForeignKey("order.id"))
        sku: Mapped[str]
        quantity: Mapped[int]

    class Stock(db.Model):
        sku: Mapped[str] = mapped_column(primary_key=True)
        left: Mapped[int]

    class Refusal(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        path: Mapped[str]

    class LineSchema(Schema):
        sku = fields.String(required=True)
        quantity = fields.Integer(required=True)

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)

    @app.post("/orders")
    def place_order():
        order = Order()
        db.session.add(order)
        for line in LineSchema(many=True).load(request.get_json()):
            stock = db.session.get(Stock, line["sku"])
            if stock.left < line["quantity"]:
                raise ValidationError({"quantity": ["Not enough."]})
            stock.left -= line["quantity"]
            order.lines.append(Line(**line))
        db.session.commit()
        return {"id": order.id}, 201

    @app.errorhandler(ValidationError)
    def refuse(error):
        db.session.add(Refusal(path=request.path))
        db.session.commit()
        return {"errors": error.messages}, 422

    with app.app_context():
        db.create_all()
        db.session.add_all([Stock(sku="A", left=5), Stock(sku="B", left=1)])
        db.session.commit()
    body = [{"sku": "A", "quantity": 2}, {"sku": "B", "quantity": 2}]
    assert app.test_client().post("/orders", json=body).status_code == 422
    with app.app_context():
        count = [db.session.scalar(select(func.count()).select_from(model)) for model in (Line, Refusal)]
        return count[0], db.session.get(Stock, "A").left, count[1]


def rolled_back():
    return stored(), (0, 5, 1)


def nothing_at_all():
    return stored(), (0, 5, 0)


def half_an_order():
    return stored(), (1, 3, 1)


def line_only():
    return stored(), (1, 5, 1)


def stock_only():
    return stored(), (0, 3, 1)


def both_lines():
    return stored(), (2, 3, 1)
