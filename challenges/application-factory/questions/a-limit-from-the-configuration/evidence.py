"""What the command prints after each change: pairs (observed, claimed)."""

import click
from flask import Blueprint, Flask, current_app

RIGHT = ["10\n", "25\n", "0\n", "3\n"]


def printed(effective=lambda limit: limit, **option):
    """Both apps without a limit, then the second one with two limits."""
    books = Blueprint("books", __name__, cli_group=None)

    @books.cli.command("latest")
    @click.option("--limit", type=int, **option)
    def latest(limit):
        print(effective(limit))  # noqa: T201 (the stem prints, too)

    def create_app(config):
        app = Flask(__name__)
        app.config.from_mapping(config)
        app.register_blueprint(books)
        return app

    first, second = create_app({"PAGE_SIZE": 10}), create_app({"PAGE_SIZE": 25})
    calls = [(first, []), (second, []), (second, ["--limit", "0"]), (second, ["--limit", "3"])]
    return [app.test_cli_runner().invoke(args=["latest", *more]).stdout for app, more in calls]


def default_at_import():
    try:
        return printed(default=current_app.config["PAGE_SIZE"]), RIGHT
    except RuntimeError as error:
        return type(error), RIGHT


def none_in_the_body():
    return printed(lambda limit: current_app.config["PAGE_SIZE"] if limit is None else limit), RIGHT


def own_app():
    def effective(limit):
        app = Flask(__name__)
        app.config.from_mapping({})
        return app.config.get("PAGE_SIZE") if limit is None else limit

    return printed(effective), RIGHT


def or_in_the_body():
    return printed(lambda limit: limit or current_app.config["PAGE_SIZE"]), RIGHT


def environment_variable():
    return printed(envvar="PAGE_SIZE"), RIGHT


def name_of_the_setting():
    return printed(default="PAGE_SIZE"), RIGHT
