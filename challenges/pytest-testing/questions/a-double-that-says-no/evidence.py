"""What a test with each double sees: 201 and the receipt, or the exception."""

from types import SimpleNamespace
from unittest.mock import MagicMock, Mock, create_autospec

from flask import Flask


class Bank:
    def charge(self, account, cents): ...


def create_app(bank):
    app = Flask(__name__)
    app.config["TESTING"] = True

    @app.post("/charges/<account>")
    def charge(account):
        return {"receipt": bank.charge(account, amount=500)}, 201

    return app


def outcome(bank):
    try:
        response = create_app(bank).test_client().post("/charges/ada")
    except TypeError:
        return "fails"
    return "passes" if (response.status_code, response.json) == (201, {"receipt": "r1"}) else "fails"


def magic_mock():
    return outcome(MagicMock(**{"charge.return_value": "r1"})), "fails"


def spec():
    return outcome(Mock(spec=Bank, **{"charge.return_value": "r1"})), "fails"


def namespace():
    return outcome(SimpleNamespace(charge=lambda account, **options: "r1")), "fails"


def spec_set():
    return outcome(Mock(spec_set=Bank, **{"charge.return_value": "r1"})), "fails"


def autospec():
    return outcome(create_autospec(Bank, instance=True, **{"charge.return_value": "r1"})), "fails"


def subclass():
    return outcome(type("Double", (Bank,), {"charge": lambda self, *a, **k: "r1"})()), "fails"
