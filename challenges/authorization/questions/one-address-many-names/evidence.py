"""On each of the three days: how many attempts get as far as a check; on the third all 30 are to succeed."""

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

CLAIMED = (True, True, 30)
FAILED = {"deduct_when": lambda response: response.status_code == 401}


def by_name():
    return request.form["name"]


def pair():
    return f"{get_remote_address()} {by_name()}"


def day(attempts, limits):
    app = Flask(__name__)
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://")
    checked = []

    def login():
        checked.append(request.form["name"])
        return "", (204 if request.form["password"] == "right" else 401)

    view = login
    for options in reversed(limits):
        view = limiter.limit("10 per minute", **options)(view)
    app.post("/login")(view)
    client = app.test_client()
    succeeded = 0
    for address, name, password in attempts:
        form = {"name": name, "password": password}
        answer = client.post("/login", data=form, environ_base={"REMOTE_ADDR": address})
        succeeded += answer.status_code == 204
    return len(checked), succeeded


def three_days(*limits):
    many = [f"10.0.{n // 250}.{n % 250}" for n in range(500)]
    spraying = day([("192.0.2.1", f"user{n}", "wrong") for n in range(500)], limits)[0] <= 10
    guessing = day([(address, "ada", "wrong") for address in many], limits)[0] <= 10
    office = day([("192.0.2.2", f"member{n}", "right") for n in range(30)], limits)[1]
    return spraying, guessing, office


def both_failed():
    return three_days(FAILED, {"key_func": by_name} | FAILED), CLAIMED


def both_all():
    return three_days({}, {"key_func": by_name}), CLAIMED


def address_failed():
    return three_days(FAILED), CLAIMED


def name_failed():
    return three_days({"key_func": by_name} | FAILED), CLAIMED


def pair_failed():
    return three_days({"key_func": pair} | FAILED), CLAIMED


def address_all():
    return three_days({}, {"key_func": by_name} | FAILED), CLAIMED
