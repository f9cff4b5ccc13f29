"""Which orders each of two receivers hears after each change: pairs (observed, claimed)."""

from blinker import Namespace
from flask import Blueprint, Flask, current_app, request

CLAIMED = {"first": [1], "second": [2]}


def heard(connect=lambda signal, receiver, app: signal.connect(receiver, sender=app), send=None):
    order_placed = Namespace().signal("order-placed")
    bp = Blueprint("orders", __name__)
    found = {"first": [], "second": []}

    @bp.post("/orders")
    def place():
        if send:
            send(order_placed, request.json["number"])
        else:
            order_placed.send(current_app, number=request.json["number"])
        return "", 201

    def create_app(receiver):
        app = Flask(__name__)
        app.register_blueprint(bp)
        connect(order_placed, receiver, app)
        return app

    def first(sender, number):
        found["first"].append(number)

    def second(sender, number):
        found["second"].append(number)

    for number, app in enumerate([create_app(first), create_app(second)], start=1):
        app.test_client().post("/orders", json={"number": number})
    return found


def unwrap():
    def send(signal, number):
        signal.send(current_app._get_current_object(), number=number)

    return heard(send=send), CLAIMED


def connect_proxy():
    return heard(lambda signal, receiver, app: signal.connect(receiver, sender=current_app)), CLAIMED


def no_sender():
    return heard(lambda signal, receiver, app: signal.connect(receiver)), CLAIMED


def strong():
    return heard(lambda signal, receiver, app: signal.connect(receiver, sender=app, weak=False)), CLAIMED


def decorator():
    return heard(lambda signal, receiver, app: signal.connect_via(app)(receiver)), CLAIMED


def context():
    def send(signal, number):
        with current_app.app_context():
            signal.send(current_app, number=number)

    return heard(send=send), CLAIMED
