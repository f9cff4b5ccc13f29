"""Which statuses the two forms get: pairs (observed, claimed)."""

import logging

from flask import Flask, request

PRICES = {"tea": 3, "coffee": 4}


def statuses():
    logging.disable(logging.CRITICAL)
    app = Flask(__name__)

    @app.errorhandler(KeyError)
    def unknown_product(error):
        return {"error": "no such product"}, 404

    @app.post("/orders")
    def order():
        product = request.form["product"]
        return {"total": PRICES[product] * int(request.form["count"])}

    client = app.test_client()
    return [
        client.post("/orders", data=form).status_code for form in ({"product": "milk", "count": 2}, {"product": "tea"})
    ]


def only_own_errors():
    return statuses(), [404, 400]


def taken_by_handler():
    return statuses(), [404, 404]


def not_http():
    return statuses(), [500, 404]


def form_only():
    return statuses(), [500, 400]


def exact_class():
    return statuses(), [404, 500]


def both_bad():
    return statuses(), [400, 400]
