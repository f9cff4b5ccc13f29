"""The shop in one file: checks written by hand, rows in plain SQL, prices as whole cents."""

import json
import re
from datetime import UTC, datetime

from flask import Flask, abort, current_app, jsonify, request
from sqlalchemy import create_engine, text
from werkzeug.security import check_password_hash, generate_password_hash

TABLES = [
    """CREATE TABLE IF NOT EXISTS people (id INTEGER PRIMARY KEY, email TEXT, name TEXT, secret TEXT,
       phone TEXT, newsletter INTEGER, since TEXT)""",
    """CREATE TABLE IF NOT EXISTS purchases (id INTEGER PRIMARY KEY, person INTEGER, document TEXT,
       placed TEXT)""",
]


class Wrong(Exception):
    """What is wrong with a value: a list of messages, or a dict of them."""


def string(minimum=0, pattern=".*"):
    def check(value):
        if not isinstance(value, str) or len(value) < minimum or not re.fullmatch(pattern, value, re.DOTALL):
            raise Wrong(["is not as it should be"])
        return value

    return check


def whole(low, high):
    def check(value):
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise Wrong([f"is no whole number from {low} to {high}"])
        return value

    return check


def flag(value):
    if value is not True and value is not False:
        raise Wrong(["is neither true nor false"])
    return value


def cents(value):
    found = isinstance(value, str) and re.fullmatch(r"(\d{1,15})(?:\.(\d{1,2}))?", value)
    if not found:
        raise Wrong(["is no amount of money"])
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


def moment(value):
    try:
        parsed = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise Wrong(["is no datetime"]) from None
    if parsed.utcoffset() is None:
        raise Wrong(["has no offset"])
    return parsed.astimezone(UTC).isoformat()


def nullable(check):
    return lambda value: None if value is None else check(value)


def many(check):
    def check_all(values):
        if not isinstance(values, list) or not values:
            raise Wrong(["is no list, or an empty one"])
        good, bad = [], {}
        for position, value in enumerate(values):
            try:
                good.append(check(value))
            except Wrong as wrong:
                bad[str(position)] = wrong.args[0]
        if bad:
            raise Wrong(bad)
        return good

    return check_all


def record(checks, defaults=None, complete=True):
    defaults = defaults or {}

    def check(value):
        if not isinstance(value, dict):
            raise Wrong(["is no object"])
        good, bad = {}, {name: ["is not known here"] for name in value if name not in checks}
        for name, check_one in checks.items():
            if name in value:
                try:
                    good[name] = check_one(value[name])
                except Wrong as wrong:
                    bad[name] = wrong.args[0]
            elif complete and name in defaults:
                good[name] = defaults[name]
            elif complete:
                bad[name] = ["is missing"]
        if bad:
            raise Wrong(bad)
        return good

    return check


PERSON = {
    "email": string(pattern=r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "displayName": string(1),
    "password": string(8),
    "phone": nullable(string()),
    "newsletter": flag,
}
ADDRESS = {"street": string(1), "city": string(1), "postalCode": string(1)}
ITEM = {"sku": string(1), "quantity": whole(1, 1000), "unitPrice": cents}
CHANGEABLE = {
    "shippingAddress": record(ADDRESS),
    "note": nullable(string()),
    "priority": whole(0, 9),
    "deliverFrom": moment,
    "deliverUntil": moment,
}
PURCHASE = {"customerId": whole(0, 2**60), "items": many(record(ITEM))} | CHANGEABLE

new_person = record(PERSON, {"phone": None, "newsletter": True})
changed_person = record(PERSON, complete=False)
new_purchase = record(PURCHASE, {"note": None, "priority": 5})
changed_purchase = record(CHANGEABLE, complete=False)

COLUMNS = {
    "email": "email",
    "displayName": "name",
    "password": "secret",
    "phone": "phone",
    "newsletter": "newsletter",
}


def money(amount):
    return f"{amount // 100}.{amount % 100:02}"


def run(statement, **values):
    with current_app.extensions["shop"].begin() as connection:
        result = connection.execute(text(statement), values)
        return [dict(row) for row in result.mappings()] if result.returns_rows else result.lastrowid


def one(statement, **values):
    rows = run(statement, **values)
    return rows[0] if rows else abort(404)


def person(number):
    row = one("SELECT * FROM people WHERE id = :number", number=number)
    return {
        "id": row["id"],
        "email": row["email"],
        "displayName": row["name"],
        "phone": row["phone"],
        "newsletter": bool(row["newsletter"]),
        "role": "customer",
        "createdAt": row["since"],
    }


def purchase(row):
    document = json.loads(row["document"])
    items = document.pop("items")
    return document | {
        "id": row["id"],
        "placedAt": row["placed"],
        "customer": {"id": row["person"], "displayName": person(row["person"])["displayName"]},
        "items": [item | {"unitPrice": money(item["unitPrice"])} for item in items],
        "total": money(sum(item["quantity"] * item["unitPrice"] for item in items)),
    }


def in_order(document):
    if datetime.fromisoformat(document["deliverUntil"]) <= datetime.fromisoformat(document["deliverFrom"]):
        raise Wrong({"deliverUntil": ["is not after deliverFrom"]})


def now():
    return datetime.now(UTC).isoformat()


def create_app(config=None):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///shop.db"
    app.config.update(config or {})
    app.extensions["shop"] = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    with app.app_context():
        for table in TABLES:
            run(table)

    @app.errorhandler(Wrong)
    def refuse(wrong):
        return {"errors": wrong.args[0]}, 422

    @app.get("/health")
    def health():
        return {"status": "ok"}

    @app.post("/sign-in")
    def sign_in():
        sent = request.get_json()
        for row in run("SELECT id, secret FROM people WHERE email = :email", email=sent["email"]):
            if check_password_hash(row["secret"], sent["password"]):
                return {"customerId": row["id"]}
        abort(401)

    @app.post("/customers")
    def add_person():
        sent = new_person(request.get_json())
        sent["password"] = generate_password_hash(sent["password"], "scrypt:1024:8:1")
        number = run(
            "INSERT INTO people (email, name, secret, phone, newsletter, since) "
            "VALUES (:email, :displayName, :password, :phone, :newsletter, :since)",
            **sent,
            since=now(),
        )
        return person(number), 201

    @app.get("/customers/<int:number>")
    def get_person(number):
        return person(number)

    @app.patch("/customers/<int:number>")
    def change_person(number):
        person(number)
        sent = changed_person(request.get_json())
        if "password" in sent:
            sent["password"] = generate_password_hash(sent["password"], "scrypt:1024:8:1")
        if sent:
            assignments = ", ".join(f"{COLUMNS[name]} = :{name}" for name in sent)
            run(f"UPDATE people SET {assignments} WHERE id = :number", number=number, **sent)
        return person(number)

    @app.post("/orders")
    def add_purchase():
        sent = new_purchase(request.get_json())
        in_order(sent)
        buyer = sent.pop("customerId")
        if not run("SELECT id FROM people WHERE id = :buyer", buyer=buyer):
            raise Wrong({"customerId": ["is nobody's id"]})
        number = run(
            "INSERT INTO purchases (person, document, placed) VALUES (:buyer, :document, :placed)",
            buyer=buyer,
            document=json.dumps(sent),
            placed=now(),
        )
        return get_purchase(number), 201

    @app.get("/orders")
    def list_purchases():
        return jsonify([purchase(row) for row in run("SELECT * FROM purchases ORDER BY id")])

    @app.get("/orders/<int:number>")
    def get_purchase(number):
        return purchase(one("SELECT * FROM purchases WHERE id = :number", number=number))

    @app.patch("/orders/<int:number>")
    def change_purchase(number):
        row = one("SELECT * FROM purchases WHERE id = :number", number=number)
        changed = json.loads(row["document"]) | changed_purchase(request.get_json())
        in_order(changed)
        document = json.dumps(changed)
        run("UPDATE purchases SET document = :document WHERE id = :number", document=document, number=number)
        return get_purchase(number)

    return app
