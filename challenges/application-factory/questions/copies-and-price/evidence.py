"""What the stem's command prints: pairs (observed, claimed)."""

import click
from flask import Flask


def printed():
    app = Flask("shop")

    @app.cli.command("order")
    @click.argument("title")
    @click.argument("copies")
    @click.option("--price", default=2.5)
    def order(title, copies, price):
        print(copies * 2, price * 2)  # noqa: T201 (the stem prints, too)

    return app.test_cli_runner().invoke(args=["order", "Dune", "3", "--price", "4"]).output


def both_guessed():
    return printed(), "6 8\n"


def default_decides():
    return printed(), "33 8.0\n"


def all_text():
    return printed(), "33 44\n"


def guessed_and_default():
    return printed(), "6 8.0\n"


def converted_argument_only():
    return printed(), "6 44\n"


def whole_number_option():
    return printed(), "33 8\n"
