"""What the two expressions do: pairs (results for the three orders and the typing error, what is wanted)."""

import logging

from flask import Flask, render_template_string
from jinja2 import (
    ChainableUndefined,
    DebugUndefined,
    StrictUndefined,
    Undefined,
    UndefinedError,
    make_logging_undefined,
)

ORDERS = [{"total": 3, "customer": {"city": "Rome"}}, {"total": 3, "customer": {}}, {"total": 3}]
WANTED = ["Rome", "-", "-", UndefinedError]


class Missing(ChainableUndefined, StrictUndefined):
    pass


def results(kind):
    app = Flask(__name__)
    app.jinja_options = {"undefined": kind}

    def printed(page, order):
        try:
            return render_template_string(page, order=order)
        except UndefinedError as error:
            return type(error)

    with app.test_request_context():
        cities = [printed("""{{ order.customer.city|default("-") }}""", order) for order in ORDERS]
        return [*cities, printed("{{ order.totl }}", ORDERS[0])]


def undefined():
    return results(Undefined), WANTED


def strict():
    return results(StrictUndefined), WANTED


def chainable():
    return results(ChainableUndefined), WANTED


def missing():
    return results(Missing), WANTED


def debug():
    return results(DebugUndefined), WANTED


def logged():
    return results(make_logging_undefined(logging.getLogger("quiet"), base=StrictUndefined)), WANTED
