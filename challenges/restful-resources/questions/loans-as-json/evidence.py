"""The body of the answer: pairs (observed, claimed)."""

from datetime import datetime
from decimal import Decimal

from flask import Flask


def observed():
    app = Flask(__name__)

    @app.get("/loans")
    def loans():
        due = datetime(2031, 5, 4, 8, 30)
        return [{"due": due, "fee": Decimal("9.50")}]

    answer = app.test_client().get("/loans")
    return answer.text.strip() if answer.status_code == 200 else answer.status_code


def iso_number():
    return observed(), '[{"due":"2031-05-04T08:30:00","fee":9.5}]'


def http_string():
    return observed(), '[{"due":"Sun, 04 May 2031 08:30:00 GMT","fee":"9.50"}]'


def iso_string():
    return observed(), '[{"due":"2031-05-04T08:30:00","fee":"9.50"}]'


def list_refused():
    return observed(), 500


def http_number():
    return observed(), '[{"due":"Sun, 04 May 2031 08:30:00 GMT","fee":9.5}]'


def types_refused():
    return observed(), 500
