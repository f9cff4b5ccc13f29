"""Whether each lamp is on exactly one page, when the pages are read by different indexes."""

from itertools import product

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select, text
from sqlalchemy.orm import Mapped, mapped_column

PLANS = [
    ["PRAGMA reverse_unordered_selects = 0"],
    ["PRAGMA reverse_unordered_selects = 1"],
    [
        "CREATE INDEX shelves ON lamp (price, shelf)",
        "CREATE INDEX named ON lamp (price, name, shelf)",
        "CREATE INDEX by_name ON lamp (name, price, shelf)",
    ],
]


def once(query):
    """With `query` a function of the model: each lamp on one page, whichever of the plans each page is read by."""
    db = SQLAlchemy()

    class Lamp(db.Model):
        code: Mapped[str] = mapped_column(primary_key=True)
        name: Mapped[str]
        price: Mapped[int | None]
        shelf: Mapped[int]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        for n in range(60):
            db.session.add(Lamp(code=f"L{n * 37 % 60:02}", name=f"n{n % 4 // 2}", price=n % 2, shelf=n * 23 % 61))
        db.session.commit()

        def page(number, plan):
            for index in ("shelves", "named", "by_name"):
                db.session.execute(text(f"DROP INDEX IF EXISTS {index}"))
            for statement in PLANS[plan]:
                db.session.execute(text(statement))
            found = db.session.scalars(query(Lamp).limit(20).offset((number - 1) * 20))
            return [lamp.code for lamp in found]

        pages = {(number, plan): page(number, plan) for number in (1, 2, 3) for plan in range(len(PLANS))}
    walks = product(range(len(PLANS)), repeat=3)
    return all(len({*pages[1, a], *pages[2, b], *pages[3, c]}) == 60 for a, b, c in walks)


def price_code():
    return once(lambda lamp: select(lamp).order_by(lamp.price, lamp.code)), True


def price_name():
    return once(lambda lamp: select(lamp).order_by(lamp.price, lamp.name)), True


def distinct():
    return once(lambda lamp: select(lamp).distinct().order_by(lamp.price, lamp.name)), True


def no_order():
    return once(lambda lamp: select(lamp)), True


def two_calls():
    return once(lambda lamp: select(lamp).order_by(lamp.name).order_by(lamp.price)), True


def case():
    return once(lambda lamp: select(lamp).order_by(lamp.price, func.lower(lamp.name))), True
