"""What the command does, as it stands and with the decorator: pairs (observed, claimed)."""

from flask import Flask, current_app, request
from flask.cli import with_appcontext

FOUND = []


def run(decorate=lambda function: function):
    """(the output, the type of the exception, whether `current_app.name` was found)"""
    app = Flask("shop")
    FOUND.clear()

    def label():
        name = current_app.name
        FOUND.append(name)
        return f"{name} {request.remote_addr}"

    @app.get("/label")
    def show_label():
        return label()

    @app.cli.command("label")
    @decorate
    def print_label():
        print(label())

    result = app.test_cli_runner().invoke(args=["label"])
    return result.output, type(result.exception) if result.exception else None, FOUND == ["shop"]


def request_fails():
    return run(), ("", RuntimeError, True)


def app_fails():
    return run(), ("", RuntimeError, False)


def request_is_none():
    return run(), ("", AttributeError, True)


def address_is_none():
    return run(), ("shop None\n", None, True)


def local_request():
    return run(), ("shop 127.0.0.1\n", None, True)


def decorator_helps():
    return (run()[1], run(with_appcontext)[:2]), (RuntimeError, ("shop 127.0.0.1\n", None))
