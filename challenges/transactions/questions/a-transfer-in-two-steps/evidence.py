"""The answer and the two balances after the request of the stem: pairs (observed, claimed)."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CheckConstraint, select
from sqlalchemy.orm import Mapped, mapped_column


def outcome():
    db = SQLAlchemy()

    class Account(db.Model):
        __table_args__ = (CheckConstraint("balance >= 0"),)

        id: Mapped[int] = mapped_column(primary_key=True)
        balance: Mapped[int]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)

    @app.post("/transfers")
    def transfer():
        source = db.session.get(Account, 1)
        target = db.session.get(Account, 2)
        target.balance += 80
        db.session.commit()
        source.balance -= 80
        db.session.commit()
        return "", 204

    with app.app_context():
        db.create_all()
        db.session.add_all([Account(id=1, balance=50), Account(id=2, balance=10)])
        db.session.commit()
    status = app.test_client().post("/transfers").status_code
    with app.app_context():
        return status, db.session.scalars(select(Account.balance).order_by(Account.id)).all()


def half_a_transfer():
    return outcome(), (500, [50, 90])


def request_undone():
    return outcome(), (500, [50, 10])


def stored_all_the_same():
    return outcome(), (500, [-30, 90])


def skipped():
    return outcome(), (204, [50, 90])


def unchecked():
    return outcome(), (204, [-30, 90])


def clipped():
    return outcome(), (204, [0, 90])
