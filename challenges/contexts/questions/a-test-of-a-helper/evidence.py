"""Whether the test passes with each body: pairs (observed, claimed)."""

from flask import Flask, request


def per_page():
    return min(request.args.get("per_page", 20, type=int), 100)


def passes(body):
    app = Flask(__name__)

    @app.get("/books")
    def books():
        return ""

    try:
        body(app)
    except (AssertionError, RuntimeError):
        return False
    return True


def pushed():
    def test(app):
        with app.test_request_context(query_string={"per_page": 500}):
            assert per_page() == 100

    return passes(test), True


def app_context():
    def test(app):
        with app.app_context():
            assert per_page() == 20

    return passes(test), True


def after_the_call():
    def test(app):
        app.test_client().get("/books?per_page=500")
        assert per_page() == 100

    return passes(test), True


def not_pushed():
    def test(app):
        app.test_request_context("/books?per_page=500")
        assert per_page() == 100

    return passes(test), True


def client_block():
    def test(app):
        with app.test_client():
            assert per_page() == 20

    return passes(test), True


def assigned():
    def test(app):
        with app.app_context():
            request.args = {"per_page": "500"}
            assert per_page() == 100

    return passes(test), True
