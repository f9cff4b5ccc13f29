"""Which of the four lines fail without a cache: pairs of lists."""

import secrets

from flask import Flask
from flask_caching import Cache


def failing():
    app = Flask(__name__)
    cache = Cache(app, config={"CACHE_TYPE": "NullCache", "CACHE_NO_NULL_WARNING": True})

    def send_code(mail):
        code = secrets.token_hex(3)
        cache.set(f"code:{mail}", code, timeout=600)
        return code

    @cache.memoize(timeout=60)
    def rates():
        return {"EUR": 1.0, "USD": 1.08}

    def first_today(user):
        return cache.add(f"seen:{user}", 1, timeout=86400)

    with app.app_context():
        passed = [
            send_code("ada@mail.test") == cache.get("code:ada@mail.test"),
            rates() == {"EUR": 1.0, "USD": 1.08},
            bool(first_today("ada")),
            not first_today("ada"),
        ]
    return [number for number, fine in enumerate(passed, 1) if not fine]


def one():
    return failing(), [1]


def one_and_four():
    return failing(), [1, 4]


def one_and_three():
    return failing(), [1, 3]


def one_three_four():
    return failing(), [1, 3, 4]


def four():
    return failing(), [4]


def one_two_four():
    return failing(), [1, 2, 4]
