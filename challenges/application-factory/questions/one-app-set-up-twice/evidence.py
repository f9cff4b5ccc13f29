"""What becomes of the second test: pairs (observed, claimed), as (line reached, type of the exception)."""

from flask import Blueprint, Flask, current_app

PASSED = ("end", None)


def second_test():
    """Runs both tests of the stem; where the second one stopped, and why."""
    app = Flask(__name__)
    books = Blueprint("books", __name__)
    reached = []

    @books.get("/")
    def index():
        return current_app.config["NAME"]

    def create_app(config):
        reached.append("from_mapping")
        app.config.from_mapping(config)
        reached.append("register_blueprint")
        app.register_blueprint(books)
        return app

    def test(name):
        client = create_app({"NAME": name}).test_client()
        reached.append("assert")
        assert client.get("/").text == name
        reached.append("end")

    test("Harbour")
    try:
        test("Riverside")
    except Exception as error:
        return reached[-1], type(error)
    return reached[-1], None


def passes_fresh():
    return second_test(), PASSED


def blueprint_taken():
    return second_test(), ("register_blueprint", ValueError)


def passes_ignored():
    return second_test(), PASSED


def old_name():
    return second_test(), ("assert", AssertionError)


def setup_finished():
    return second_test(), ("register_blueprint", AssertionError)


def config_locked():
    return second_test(), ("from_mapping", AssertionError)
