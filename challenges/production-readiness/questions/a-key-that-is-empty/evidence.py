"""Which deployments start with each line: pairs (observed, claimed)."""

import os

from flask import Flask


def raised(line):
    """Whether `create_app` raises: with no variable, with an empty one, and with a key."""
    outcomes = []
    for value in (None, "", "k-81"):
        os.environ.pop("SHOP_PAYMENT_KEY", None)
        if value is not None:
            os.environ["SHOP_PAYMENT_KEY"] = value
        app = Flask(__name__)
        app.config.from_prefixed_env("SHOP")
        try:
            outcomes.append(bool(line(app)))
        except (LookupError, RuntimeError, OSError):
            outcomes.append(True)
    return outcomes


CLAIMED = [True, True, False]


def loaded_value():
    return raised(lambda app: not app.config.get("PAYMENT_KEY")), CLAIMED


def subscript():
    return raised(lambda app: app.config.update(PAYMENT_KEY=os.environ["SHOP_PAYMENT_KEY"])), CLAIMED


def file():
    return raised(lambda app: not app.config.from_envvar("SHOP_PAYMENT_KEY")), CLAIMED


def getter():
    return raised(lambda app: app.config.update(PAYMENT_KEY=os.environ.get("SHOP_PAYMENT_KEY"))), CLAIMED


def membership():
    return raised(lambda app: "PAYMENT_KEY" not in app.config), CLAIMED


def none():
    return raised(lambda app: app.config.get("PAYMENT_KEY") is None), CLAIMED
