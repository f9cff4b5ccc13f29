"""What each way to know says, and what is true: for a COMMIT that got lost and for one whose answer got lost.

Each function returns what is stored in the two cases, and what the option says is stored.
"""

import tempfile

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, inspect, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, mapped_column


def cases(ask):
    """For both cases: (the order is stored, what ``ask`` says)."""
    return list(zip(*(case(ask, arrives) for arrives in (False, True)), strict=True))


def case(ask, arrives):
    with tempfile.TemporaryDirectory() as folder:
        db = SQLAlchemy()

        class Order(db.Model):
            id: Mapped[int] = mapped_column(primary_key=True)
            reference: Mapped[str] = mapped_column(unique=True)
            amount: Mapped[int]

        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/orders.db"
        db.init_app(app)
        with app.app_context():
            db.create_all()
            dialect = db.engine.dialect
            do_commit = dialect.do_commit

            def broken(connection):
                dialect.do_commit = do_commit
                if arrives:
                    do_commit(connection)
                raise dialect.dbapi.OperationalError("server closed the connection unexpectedly")

            order = Order(reference="r", amount=5)
            db.session.add(order)
            db.session.flush()
            dialect.do_commit = broken
            try:
                db.session.commit()
            except OperationalError:
                db.session.rollback()
                said = ask(db.session, Order, order)
            db.session.remove()
            stored = db.session.scalar(select(func.count(Order.id))) == 1
            db.session.remove()
            db.engine.dispose()
        return stored, said


def truth_and_claim(ask):
    truth, said = cases(ask)
    return truth, said


def error_means_no():
    return truth_and_claim(lambda session, model, order: False)


def inserted_means_yes():
    return truth_and_claim(lambda session, model, order: True)


def rollback_decides():
    def ask(session, model, order):
        session.rollback()
        return False

    return truth_and_claim(ask)


def object_state():
    return truth_and_claim(lambda session, model, order: inspect(order).persistent)


def ask():
    def ask(session, model, order):
        return session.scalar(select(model).filter_by(reference="r")) is not None

    return truth_and_claim(ask)


def commit_again():
    def ask(session, model, order):
        session.commit()
        return True

    return truth_and_claim(ask)
