"""What comes of the module: pairs (observed, claimed).

Either where the import stopped and why, or what the addresses answer: a status, or the type of an exception.
"""

import logging
import warnings

from flask import Blueprint, Flask

FAILED_LATE = ("@orders.get('/late')", AssertionError)


def outcome():
    messages = []
    handler = logging.Handler()
    handler.emit = messages.append
    logging.getLogger().addHandler(handler)
    app = Flask(__name__)
    app.testing = True
    orders = Blueprint("orders", __name__, url_prefix="/orders")

    @orders.get("/open")
    def open_orders():
        return "open"

    try:
        app.register_blueprint(orders)
    except Exception as error:
        return "register_blueprint", type(error)

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:

            @orders.get("/late")
            def late_orders():
                return "late"

        except Exception as error:
            return "@orders.get('/late')", type(error)

    def answer(path):
        try:
            return app.test_client().get(path).status_code
        except Exception as error:
            return type(error)

    return answer("/orders/open"), answer("/orders/late"), bool(messages or caught)


def decorator_raises():
    return outcome(), FAILED_LATE


def both_answer():
    return outcome(), (200, 200, False)


def late_is_404():
    return outcome(), (200, 404, False)


def warning():
    return outcome(), (200, 200, True)


def register_raises():
    return outcome(), ("register_blueprint", ValueError)


def first_request_raises():
    return outcome(), (AssertionError, 404, False)
