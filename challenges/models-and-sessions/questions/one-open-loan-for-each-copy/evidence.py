"""Which of the front desk's loans are accepted: two of one day, returned; an open one; a second; another copy's."""

from datetime import date

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CheckConstraint, Index, UniqueConstraint, event, func, select, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Mapped, mapped_column

LOANS = [(1, "2025-06-02"), (1, "2025-06-02"), (1, None), (1, None), (2, None)]
CLAIMED = [True, True, True, False, True]


def accepted(*arguments, listening=False):
    db = SQLAlchemy()

    class Loan(db.Model):
        __table_args__ = arguments
        id: Mapped[int] = mapped_column(primary_key=True)
        copy_id: Mapped[int]
        returned: Mapped[date | None]

    if listening:

        @event.listens_for(Loan, "before_insert")
        def look(mapper, connection, loan):
            same = select(func.count(Loan.id)).where(Loan.copy_id == loan.copy_id, Loan.returned.is_(None))
            if loan.returned is None and connection.scalar(same):
                raise ValueError("This copy is lent.")

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    answers = []
    with app.app_context():
        try:
            db.create_all()
        except OperationalError as error:
            return type(error)
        for copy_id, returned in LOANS:
            try:
                with db.engine.begin() as front_desk:
                    front_desk.execute(
                        text("INSERT INTO loan (copy_id, returned) VALUES (:copy_id, :returned)"),
                        {"copy_id": copy_id, "returned": returned},
                    )
                answers.append(True)
            except IntegrityError:
                answers.append(False)
    return answers


def pair():
    return accepted(UniqueConstraint("copy_id", "returned")), CLAIMED


def single():
    return accepted(UniqueConstraint("copy_id")), CLAIMED


def listener():
    return accepted(listening=True), CLAIMED


def partial():
    return accepted(Index("open_loan", "copy_id", unique=True, sqlite_where=text("returned IS NULL"))), CLAIMED


def coalesce():
    return accepted(Index("open_loan", "copy_id", text("coalesce(returned, 'open')"), unique=True)), CLAIMED


def subquery():
    query = "SELECT count(*) FROM loan AS l WHERE l.copy_id = copy_id AND l.returned IS NULL"
    return accepted(CheckConstraint(f"({query}) <= 1")), CLAIMED
