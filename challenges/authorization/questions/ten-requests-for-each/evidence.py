"""How many of ten requests for each view are answered with 200."""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address


def served():
    app = Flask(__name__)
    limiter = Limiter(
        get_remote_address,
        app=app,
        storage_uri="memory://",
        default_limits=["5 per minute"],
    )

    @app.get("/orders")
    def orders():
        return "orders"

    @app.get("/prices")
    def prices():
        return "prices"

    @app.get("/search")
    @limiter.limit("8 per minute")
    def search():
        return "search"

    client = app.test_client()
    paths = ("/orders", "/prices", "/search")
    return tuple(sum(client.get(path).status_code == 200 for _ in range(10)) for path in paths)


def shared_and_own():
    return served(), (5, 0, 8)


def shared_by_all():
    return served(), (5, 0, 0)


def each_its_own():
    return served(), (5, 5, 8)


def stricter_wins():
    return served(), (5, 5, 5)


def added_up():
    return served(), (5, 5, 10)


def decorated_only():
    return served(), (10, 10, 8)
