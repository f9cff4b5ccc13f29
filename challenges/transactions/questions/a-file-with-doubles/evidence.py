"""What the import of the stem counts and stores: pairs (observed, claimed)."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, PendingRollbackError
from sqlalchemy.orm import Mapped, mapped_column


def outcome():
    db = SQLAlchemy()

    class Product(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        code: Mapped[str] = mapped_column(unique=True)

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        skipped = 0
        for code in ["A", "B", "A", "C", "B", "D"]:
            db.session.add(Product(code=code))
            try:
                db.session.flush()
            except IntegrityError:
                db.session.rollback()
                skipped += 1
            except PendingRollbackError as error:
                return type(error)
        db.session.commit()
        return skipped, "".join(db.session.scalars(select(Product.code).order_by(Product.code)))


def last_step():
    return outcome(), (2, "ABCD")


def each_double_clears():
    return outcome(), (2, "D")


def stops_at_the_error():
    return outcome(), (2, "AB")


def from_the_rollback_on():
    return outcome(), (1, "BCD")


def without_both():
    return outcome(), (1, "CD")


def unusable():
    return outcome(), PendingRollbackError
