"""What Ada, a stranger and Ben see: pairs of lists."""

from flask import Flask, session
from flask_caching import Cache


def seen():
    app = Flask(__name__)
    app.secret_key = "for this test"
    cache = Cache(app, config={"CACHE_TYPE": "SimpleCache"})

    @app.get("/")
    @cache.cached(timeout=60, unless=lambda: session.get("user_id"))
    def index():
        return f"Hello {session.get('name', 'stranger')}"

    def visit(**values):
        client = app.test_client()
        with client.session_transaction() as new:
            new.update(values)
        response = client.get("/")
        return response.text.split()[-1] if response.status_code == 200 else response.status_code

    return [visit(user_id=7, name="Ada"), visit(), visit(user_id=8, name="Ben")]


def each_their_own():
    return seen(), ["Ada", "stranger", "Ben"]


def stranger_for_ben():
    return seen(), ["Ada", "stranger", "stranger"]


def ada_for_the_stranger():
    return seen(), ["Ada", "Ada", "Ben"]


def ada_for_all():
    return seen(), ["Ada", "Ada", "Ada"]


def stranger_for_all():
    return seen(), ["stranger", "stranger", "stranger"]


def error_for_users():
    return seen(), [500, "stranger", 500]
