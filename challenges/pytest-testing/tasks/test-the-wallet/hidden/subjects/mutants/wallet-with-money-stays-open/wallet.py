"""Wallets, with one defect: a wallet can be closed with money in it."""

import click
from flask import Blueprint, Flask, abort, jsonify, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.exceptions import HTTPException

LARGEST_AMOUNT = 1_000_000
LARGEST_ID = 2**63 - 1

db = SQLAlchemy()
api = Blueprint("wallets", __name__, cli_group=None)


class Wallet(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str]
    balance: Mapped[int] = mapped_column(default=0)

    def as_json(self):
        return {"id": self.id, "owner": self.owner, "balance": self.balance}


def is_whole_number(value):
    return isinstance(value, int) and not isinstance(value, bool)


def is_amount(value):
    return is_whole_number(value) and 1 <= value <= LARGEST_AMOUNT


def body():
    """The JSON object that was sent."""
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        abort(400, "A JSON object is needed.")
    return sent


def sent_amount():
    amount = body().get("amount")
    if not is_amount(amount):
        abort(400, f"The amount must be a whole number from 1 to {LARGEST_AMOUNT}.")
    return amount


def find_wallet(wallet_id):
    wallet = db.session.get(Wallet, wallet_id) if abs(wallet_id) <= LARGEST_ID else None
    if wallet is None:
        abort(404, "There is no such wallet.")
    return wallet


def refusal(error):
    """Every error is answered in JSON."""
    return jsonify(error=error.description), error.code


@api.get("/wallets")
def list_wallets():
    wallets = db.session.scalars(select(Wallet).order_by(Wallet.owner))
    return jsonify(wallets=[wallet.as_json() for wallet in wallets])


@api.post("/wallets")
def open_wallet():
    owner = body().get("owner")
    if not isinstance(owner, str) or not owner.strip():
        abort(400, "The owner must be a text that is not blank.")
    wallet = Wallet(owner=owner)
    db.session.add(wallet)
    db.session.commit()
    return jsonify(wallet.as_json()), 201


@api.get("/wallets/<int:wallet_id>")
def show_wallet(wallet_id):
    return jsonify(find_wallet(wallet_id).as_json())


@api.delete("/wallets/<int:wallet_id>")
def close_wallet(wallet_id):
    wallet = find_wallet(wallet_id)
    db.session.delete(wallet)
    db.session.commit()
    return "", 204


@api.post("/wallets/<int:wallet_id>/deposits")
def deposit(wallet_id):
    amount = sent_amount()
    wallet = find_wallet(wallet_id)
    wallet.balance += amount
    db.session.commit()
    return jsonify(wallet.as_json()), 201


@api.post("/transfers")
def transfer():
    amount = sent_amount()
    sender_id, recipient_id = body().get("from"), body().get("to")
    if not is_whole_number(sender_id) or not is_whole_number(recipient_id):
        abort(400, "Both wallets must be given by their ids.")
    if sender_id == recipient_id:
        abort(400, "A wallet can't send to itself.")
    sender, recipient = find_wallet(sender_id), find_wallet(recipient_id)
    if amount > sender.balance:
        abort(409, "There is not enough money in this wallet.")
    sender.balance -= amount
    recipient.balance += amount
    db.session.commit()
    return jsonify({"from": sender.id, "to": recipient.id, "amount": amount}), 201


@api.cli.command("pay-bonus")
@click.argument("amount", type=int)
@click.option("--at-least", "minimum", type=int, default=0, help="Balance from which it is paid.")
def pay_bonus(amount, minimum):
    """Pay AMOUNT into every wallet."""
    if not is_amount(amount):
        raise click.ClickException(f"The amount must be a whole number from 1 to {LARGEST_AMOUNT}.")
    wallets = db.session.scalars(select(Wallet).where(Wallet.balance >= minimum)).all()
    for wallet in wallets:
        wallet.balance += amount
    db.session.commit()
    click.echo(f"paid: {len(wallets)}")


def create_app(config=None):
    app = Flask(__name__)
    app.config.from_mapping({"SQLALCHEMY_DATABASE_URI": "sqlite:///wallet.db", **(config or {})})
    db.init_app(app)
    with app.app_context():
        db.create_all()
    app.register_error_handler(HTTPException, refusal)
    app.register_blueprint(api)
    return app
