"""Is a state approved that was not on the page, and is the one on the page approved if nothing has changed?"""

import tempfile
from pathlib import Path

from flask import Flask, abort, request
from flask_sqlalchemy import SQLAlchemy
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import create_engine, event, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm.exc import StaleDataError

CLAIMED = (False, True)
CHANGES = ["payee = 'Eve'", "amount = 5000"]
SIGNER = URLSafeSerializer("evidence")


def run(approve, change, before, counter):
    """The author's change is committed before the page is sent in (-1), or before a statement of the view (0, 1, …)."""
    db = SQLAlchemy()

    class Payment(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        payee: Mapped[str]
        amount: Mapped[int]
        status: Mapped[str] = mapped_column(default="open")
        version: Mapped[int] = mapped_column(default=1)
        if counter:
            __mapper_args__ = {"version_id_col": version}

    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{Path(folder, 'payments.db')}"
        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = address
        db.init_app(app)

        @app.post("/payments/<int:number>/approve")
        def view(number):
            payment = db.get_or_404(Payment, number)
            if payment.status != "open":
                abort(409)
            approve(db, Payment, payment)
            return "", 204

        with app.app_context():
            db.create_all()
            db.session.add(Payment(id=7, payee="Ada", amount=50))
            db.session.commit()
            db.session.remove()
            author = create_engine(address)
            seen = []

            def edit():
                if change:
                    query = f"UPDATE payment SET {change}, version = version + 1 WHERE id = 7 AND status = 'open'"
                    with author.begin() as connection:
                        connection.execute(text(query))

            @event.listens_for(db.engine, "before_cursor_execute")
            def at_a_statement(*call):
                if len(seen) == before:
                    edit()
                seen.append(call[2])

        form = {"version": "1", "amount": "50", "signed": SIGNER.dumps(7)}
        if before == -1:
            edit()
        app.test_client().post("/payments/7/approve", data=form)
        with author.connect() as connection:
            row = connection.execute(text("SELECT payee, amount, status FROM payment")).one()
        author.dispose()
        with app.app_context():
            db.engine.dispose()
        return len(seen), tuple(row)


def outcome(approve, counter=False):
    statements, row = run(approve, None, -1, counter)
    unseen = [run(approve, change, before, counter)[1] for change in CHANGES for before in range(-1, statements)]
    approved = any(found[2] == "approved" and found[:2] != ("Ada", 50) for found in unseen)
    return approved, row == ("Ada", 50, "approved")


def by_statement(db, model, **conditions):
    query = db.update(model).filter_by(id=7, status="open", **conditions).values(status="approved")
    if db.session.execute(query).rowcount == 0:
        abort(409)
    db.session.commit()


def by_attribute(db, payment):
    payment.status = "approved"
    db.session.commit()


def version_counter():
    def approve(db, model, payment):
        try:
            by_attribute(db, payment)
        except StaleDataError:
            abort(409)

    return outcome(approve, counter=True), CLAIMED


def version_of_the_page():
    def approve(db, model, payment):
        by_statement(db, model, version=int(request.form["version"]))

    return outcome(approve), CLAIMED


def version_loaded():
    def approve(db, model, payment):
        by_statement(db, model, version=payment.version)

    return outcome(approve), CLAIMED


def amount_of_the_page():
    def approve(db, model, payment):
        by_statement(db, model, amount=int(request.form["amount"]))

    return outcome(approve), CLAIMED


def compare_first():
    def approve(db, model, payment):
        if int(request.form["version"]) != payment.version:
            abort(409)
        by_attribute(db, payment)

    return outcome(approve), CLAIMED


def signed_number():
    def approve(db, model, payment):
        try:
            number = SIGNER.loads(request.form["signed"])
        except BadSignature:
            number = None
        if number != payment.id:
            abort(409)
        by_attribute(db, payment)

    return outcome(approve), CLAIMED
