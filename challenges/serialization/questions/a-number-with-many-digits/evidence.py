"""Which line gives the exact amount, out of a request with the stem's body."""

import json
from decimal import Decimal

import pydantic
from flask import Flask, request
from marshmallow import Schema, fields

EXACT = Decimal("987654321098765.43")


class AmountSchema(Schema):
    amount = fields.Decimal()


class Amount(pydantic.BaseModel):
    amount: Decimal


def amount(line):
    app = Flask(__name__)
    seen = []

    @app.post("/")
    def view():
        loaded = line()
        seen.append(loaded["amount"] if isinstance(loaded, dict) else loaded.amount)
        return "", 204

    body = '{"amount": 987654321098765.43}'
    assert app.test_client().post("/", data=body, content_type="application/json").status_code == 204
    return seen[0]


def schema_load():
    return amount(lambda: AmountSchema().load(request.get_json())), EXACT


def model_validate():
    return amount(lambda: Amount.model_validate(request.get_json())), EXACT


def schema_loads():
    return amount(lambda: AmountSchema().loads(request.get_data(as_text=True))), EXACT


def validate_json():
    return amount(lambda: Amount.model_validate_json(request.get_data())), EXACT


def parse_float():
    return amount(lambda: AmountSchema().load(json.loads(request.get_data(), parse_float=Decimal))), EXACT


def decimal_of_float():
    return amount(lambda: AmountSchema().load({"amount": Decimal(request.get_json()["amount"])})), EXACT
