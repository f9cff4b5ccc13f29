"""Wallets in memory: a bank with a lock, and a blueprint in front of it."""

import json
from dataclasses import asdict, dataclass, field
from threading import RLock

import click
from flask import Blueprint, Flask, Response, current_app, request

api = Blueprint("api", __name__)


@dataclass
class Wallet:
    owner: str
    id: int
    balance: int = 0


@dataclass
class Bank:
    wallets: dict[int, Wallet] = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock)
    next_id: int = 70_003

    def open(self, owner):
        with self.lock:
            self.next_id -= 17
            self.wallets[self.next_id] = Wallet(owner, self.next_id)
            return self.wallets[self.next_id]

    def by_owner(self):
        return sorted(self.wallets.values(), key=lambda wallet: wallet.owner)

    def move(self, sender, recipient, amount):
        with self.lock:
            if sender.balance < amount:
                return False
            sender.balance, recipient.balance = sender.balance - amount, recipient.balance + amount
            return True

    def bonus(self, amount, minimum):
        with self.lock:
            paid = [wallet for wallet in self.wallets.values() if wallet.balance >= minimum]
            for wallet in paid:
                wallet.balance += amount
            return len(paid)


def bank():
    return current_app.extensions["bank"]


def reply(data, status=200):
    text = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    return Response(text, status, {"Cache-Control": "no-store"}, mimetype="application/json")


def refuse(status, text="Refused."):
    return reply({"status": status, "error": text, "hint": None}, status)


def sent():
    data = request.get_json(silent=True)
    return data if isinstance(data, dict) else {}


def whole(value):
    return type(value) is int


def valid(amount):
    return whole(amount) and 0 < amount < 1_000_001


@api.route("/wallets", methods=["GET", "POST"])
def wallets():
    if request.method == "GET":
        return reply({"wallets": [asdict(wallet) for wallet in bank().by_owner()]})
    owner = sent().get("owner")
    if not (isinstance(owner, str) and owner.strip()):
        return refuse(400, "Who owns it?")
    return reply(asdict(bank().open(owner)), 201)


@api.route("/wallets/<int:key>", methods=["GET", "DELETE"])
def wallet(key):
    found = bank().wallets.get(key)
    if found is None:
        return refuse(404)
    if request.method == "GET":
        return reply(asdict(found))
    if found.balance != 0:
        return refuse(409, "Empty it first.")
    del bank().wallets[key]
    return Response(status=204)


@api.post("/wallets/<int:key>/deposits")
def deposit(key):
    found, amount = bank().wallets.get(key), sent().get("amount")
    if found is None:
        return refuse(404)
    if not valid(amount):
        return refuse(400, "What amount?")
    with bank().lock:
        found.balance += amount
    return reply(asdict(found), 201)


@api.post("/transfers")
def transfer():
    sender, recipient, amount = (sent().get(key) for key in ("from", "to", "amount"))
    if not whole(sender) or not whole(recipient) or sender == recipient:
        return refuse(400, "Which wallets?")
    found = [bank().wallets.get(key) for key in (sender, recipient)]
    if None in found:
        return refuse(404)
    if not valid(amount):
        return refuse(400, "What amount?")
    if not bank().move(*found, amount):
        return refuse(409, "Too much.")
    return reply({"amount": amount, "from": sender, "to": recipient}, 201)


def create_app(config=None):
    app = Flask(__name__)
    app.config.update(config or {})
    app.extensions["bank"] = Bank()
    app.register_blueprint(api)
    app.register_error_handler(404, lambda error: refuse(404, error.name))

    @app.cli.command("pay-bonus")
    @click.argument("amount")
    @click.option("--at-least", "minimum", type=int, default=0)
    @click.pass_context
    def pay_bonus(context, amount, minimum):
        if not amount.isdecimal() or not valid(int(amount)):
            click.echo("Which amount?", err=True)
            context.exit(3)
        click.echo("Bonus run\n---------")
        click.echo(f"paid: {bank().bonus(int(amount), minimum)}")

    return app
