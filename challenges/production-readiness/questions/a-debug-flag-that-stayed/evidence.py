"""What comes of the request of the stem: pairs (observed, claimed)."""

import os


def outcome():
    """The text that the app answers with, or the exception that it lets out to the server."""
    os.environ["FLASK_DEBUG"] = "1"
    from flask import Flask

    app = Flask(__name__)

    @app.errorhandler(500)
    def sorry(error):
        return "Sorry, we are looking into it.", 500

    @app.get("/cart")
    def cart():
        return {}["total"]

    try:
        return app.test_client().get("/cart").text
    except KeyError as error:
        return type(error)


SORRY = "Sorry, we are looking into it."


def sorry():
    return outcome(), SORRY


def debugger():
    text = outcome()
    return "EVALEX" in str(text), True


def flask_page():
    text = outcome()
    return "<title>500 Internal Server Error</title>" in str(text), True


def leaves():
    return outcome(), KeyError


def variable_unused():
    return outcome(), SORRY


def traceback_page():
    return "Traceback" in str(outcome()), True
