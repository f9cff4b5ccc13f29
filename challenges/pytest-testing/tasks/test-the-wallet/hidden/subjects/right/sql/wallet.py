"""Wallets in a plain SQLite file: SQL by hand, a view class per address, ids from 4100 upwards."""

import sqlite3
from contextlib import closing

import click
from flask import Flask, current_app, request
from flask.cli import with_appcontext
from flask.views import MethodView

SCHEMA = """
CREATE TABLE IF NOT EXISTS account (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    holder TEXT NOT NULL,
    cents INTEGER NOT NULL DEFAULT 0 CHECK (cents >= 0)
);
INSERT INTO sqlite_sequence (name, seq)
    SELECT 'account', 4099 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'account');
"""


class Refused(Exception):
    def __init__(self, status, reason):
        super().__init__(reason)
        self.status = status


def connect():
    path = current_app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    return closing(connection)


def shown(row):
    return {"currency": "EUR", "owner": row["holder"], "balance": row["cents"], "id": row["number"]}


def load(connection, number):
    row = None
    if abs(number) < 2**63:
        row = connection.execute("SELECT * FROM account WHERE number = ?", (number,)).fetchone()
    if row is None:
        raise Refused(404, f"wallet {number} not found")
    return row


def payload():
    data = request.get_json(silent=True)
    if type(data) is not dict:
        raise Refused(400, "not a JSON object")
    return data


def checked(amount):
    if type(amount) is not int or amount not in range(1, 1_000_001):
        raise Refused(400, "bad amount")
    return amount


class Wallets(MethodView):
    def get(self):
        with connect() as connection:
            rows = connection.execute("SELECT * FROM account ORDER BY holder, number DESC").fetchall()
        return {"count": len(rows), "wallets": [shown(row) for row in rows]}

    def post(self):
        match payload():
            case {"owner": str(owner)} if not owner.isspace() and owner:
                with connect() as connection, connection:
                    query = "INSERT INTO account (holder) VALUES (?) RETURNING *"
                    made = shown(connection.execute(query, (owner,)).fetchone())
                return made, 201, {"Location": f"/wallets/{made['id']}"}
        raise Refused(400, "bad owner")


class OneWallet(MethodView):
    def get(self, number):
        with connect() as connection:
            return shown(load(connection, number))

    def delete(self, number):
        with connect() as connection, connection:
            if load(connection, number)["cents"] > 0:
                raise Refused(409, "wallet is not empty")
            connection.execute("DELETE FROM account WHERE number = ?", (number,))
        return "", 204


class Deposits(MethodView):
    def post(self, number):
        with connect() as connection, connection:
            load(connection, number)
            amount = checked(payload().get("amount"))
            connection.execute("UPDATE account SET cents = cents + ? WHERE number = ?", (amount, number))
            return shown(load(connection, number)), 201


class Transfers(MethodView):
    def post(self):
        match payload():
            case {"from": source, "to": target, "amount": amount} if type(source) is type(target) is int:
                with connect() as connection, connection:
                    self.move(connection, source, target, amount)
                return {"to": target, "from": source, "amount": amount}, 201
        raise Refused(400, "bad transfer")

    def move(self, connection, source, target, amount):
        balance = load(connection, source)["cents"]
        load(connection, target)
        if source == target or balance < checked(amount):
            raise Refused(400 if source == target else 409, "transfer refused")
        move = "UPDATE account SET cents = cents + ? WHERE number = ?"
        connection.executemany(move, [(-amount, source), (amount, target)])


@click.command("pay-bonus")
@click.argument("amount", type=click.IntRange(1, 1_000_000))
@click.option("--at-least", type=int, default=0)
@with_appcontext
def pay_bonus(amount, at_least):
    click.echo(f"Paying {amount} each ...")
    with connect() as connection, connection:
        query = "UPDATE account SET cents = cents + ? WHERE cents >= ?"
        paid = connection.execute(query, (amount, at_least)).rowcount
    click.echo(f"paid: {paid}\ndone")


def create_app(config=None):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///wallet.db"
    app.config.from_mapping(config or {})
    app.json.sort_keys = False
    with app.app_context(), connect() as connection:
        connection.executescript(SCHEMA)
    app.add_url_rule("/wallets", view_func=Wallets.as_view("wallets"))
    app.add_url_rule("/wallets/<int:number>", view_func=OneWallet.as_view("wallet"))
    app.add_url_rule("/wallets/<int:number>/deposits", view_func=Deposits.as_view("deposits"))
    app.add_url_rule("/transfers", view_func=Transfers.as_view("transfers"))
    app.register_error_handler(Refused, lambda error: ({"error": str(error)}, error.status))
    app.register_error_handler(404, lambda error: ({"error": "no such address"}, 404))
    app.cli.add_command(pay_bonus)
    return app
