"""Which options are true: each test is run on the app of the stem, with a database file of its own."""

import tempfile

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column


def outcome(test):
    """Whether the test passes or fails."""
    db = SQLAlchemy()

    class Wallet(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        balance: Mapped[int] = mapped_column(default=0)

    app = Flask(__name__)
    app.testing = True

    @app.post("/wallets/<int:wallet_id>/deposits")
    def deposit(wallet_id):
        wallet = db.get_or_404(Wallet, wallet_id)
        wallet.balance += request.json["amount"]
        return {"balance": wallet.balance}, 201

    @app.get("/wallets/<int:wallet_id>")
    def show(wallet_id):
        return {"balance": db.get_or_404(Wallet, wallet_id).balance}

    with tempfile.TemporaryDirectory() as folder:
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/wallets.db"
        db.init_app(app)
        with app.app_context():
            db.create_all()
            db.session.add(Wallet(id=1))
            db.session.commit()
        client = app.test_client()
        try:
            test(app, db, Wallet, client, lambda n: client.post("/wallets/1/deposits", json={"amount": n}))
        except AssertionError:
            return "failed"
        return "passed"


def status():
    def test(app, db, wallet_class, client, put):
        response = put(500)
        assert response.status_code == 201

    return outcome(test), "failed"


def echo():
    def test(app, db, wallet_class, client, put):
        response = put(500)
        assert response.json["balance"] == 500

    return outcome(test), "failed"


def session():
    def test(app, db, wallet_class, client, put):
        with app.app_context():
            put(500)
            wallet = db.session.get(wallet_class, 1)
            assert wallet.balance == 500

    return outcome(test), "failed"


def context_around():
    def test(app, db, wallet_class, client, put):
        with app.app_context():
            put(500)
            shown = client.get("/wallets/1")
            assert shown.json["balance"] == 500

    return outcome(test), "failed"


def commit_in_test():
    def test(app, db, wallet_class, client, put):
        with app.app_context():
            put(500)
            db.session.commit()
        shown = client.get("/wallets/1")
        assert shown.json["balance"] == 500

    return outcome(test), "failed"


def read_back():
    def test(app, db, wallet_class, client, put):
        put(500)
        shown = client.get("/wallets/1")
        assert shown.json["balance"] == 500

    return outcome(test), "failed"
