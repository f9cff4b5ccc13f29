"""Which lines the invoice has after the request, or the exception of the commit."""

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column, relationship

CLAIMED = [(1, "new one"), (2, "new two")]


def after_the_request(replace, **arguments):
    """``replace(db, invoice, new)`` stands in the place of the assignment."""
    db = SQLAlchemy()

    class Invoice(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        lines: Mapped[list["Line"]] = relationship(cascade="all, delete-orphan", **arguments)

    class Line(db.Model):
        __table_args__ = (UniqueConstraint("invoice_id", "number"),)
        id: Mapped[int] = mapped_column(primary_key=True)
        invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id"))
        number: Mapped[int]
        text: Mapped[str]

    app = Flask(__name__)
    app.testing = True
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)

    @app.put("/invoices/<int:invoice_id>/lines")
    def replace_lines(invoice_id):
        invoice = db.get_or_404(Invoice, invoice_id)
        new = [Line(number=number, text=text) for number, text in enumerate(request.json, 1)]
        replace(db, invoice, new)
        db.session.commit()
        return "", 204

    with app.app_context():
        db.create_all()
        old = [Line(number=number, text="old") for number in (1, 2, 3)]
        db.session.add(Invoice(id=1, lines=old))
        db.session.commit()
    try:
        app.test_client().put("/invoices/1/lines", json=["new one", "new two"])
    except IntegrityError as error:
        return type(error).__name__
    with app.app_context():
        return [tuple(row) for row in db.session.execute(select(Line.number, Line.text).order_by(Line.number))]


def assign(db, invoice, new):
    invoice.lines = new


def clear():
    def replace(db, invoice, new):
        invoice.lines.clear()
        invoice.lines = new

    return after_the_request(replace), CLAIMED


def delete_each():
    def replace(db, invoice, new):
        for line in invoice.lines:
            db.session.delete(line)
        invoice.lines = new

    return after_the_request(replace), CLAIMED


def slice():
    def replace(db, invoice, new):
        invoice.lines[:] = new

    return after_the_request(replace), CLAIMED


def empty_and_flush():
    def replace(db, invoice, new):
        invoice.lines = []
        db.session.flush()
        invoice.lines = new

    return after_the_request(replace), CLAIMED


def no_autoflush():
    def replace(db, invoice, new):
        with db.session.no_autoflush:
            invoice.lines = new

    return after_the_request(replace), CLAIMED


def passive_deletes():
    return after_the_request(assign, passive_deletes=True), CLAIMED
