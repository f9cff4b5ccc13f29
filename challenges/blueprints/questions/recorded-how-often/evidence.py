"""What is printed: pairs (observed, claimed)."""

from flask import Blueprint, Flask


def printed():
    calls = []
    meter = Blueprint("meter", __name__)
    meter.record(lambda state: calls.append("record"))
    meter.record_once(lambda state: calls.append("record_once"))

    first = Flask("first")
    first.register_blueprint(meter, name="water", url_prefix="/water")
    first.register_blueprint(meter, name="power", url_prefix="/power")

    second = Flask("second")
    second.register_blueprint(meter)

    return f"{calls.count('record')} {calls.count('record_once')}"


def per_app():
    return printed(), "3 2"


def per_process():
    return printed(), "3 1"


def per_name():
    return printed(), "3 3"


def record_per_app():
    return printed(), "2 2"


def record_per_app_once_per_process():
    return printed(), "2 1"


def both_once():
    return printed(), "1 1"
