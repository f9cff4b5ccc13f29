"""What the command prints, or the type of its exception: pairs (observed, claimed)."""

import click
from flask import Flask, current_app, request, url_for
from flask.cli import with_appcontext

CLAIMED = "https://shop.example/invoices/7\n"


def link():
    return url_for("invoice", number=7, _external=True)


def run(config=None, build=link, by_hand=False):
    app = Flask(__name__)
    app.config["PREFERRED_URL_SCHEME"] = "https"
    app.config.update(config or {})
    app.add_url_rule("/invoices/<int:number>", "invoice", lambda number: "")

    def remind():
        print(build())

    if by_hand:
        app.cli.add_command(click.command("remind")(with_appcontext(remind)))
    else:
        app.cli.command("remind")(remind)
    result = app.test_cli_runner().invoke(args=["remind"])
    return type(result.exception) if result.exception else result.output


def server_name():
    return run({"SERVER_NAME": "shop.example"}), CLAIMED


def root():
    return run({"APPLICATION_ROOT": "https://shop.example/"}), CLAIMED


def hosts():
    return run({"TRUSTED_HOSTS": ["shop.example"]}), CLAIMED


def context():
    def build():
        with current_app.app_context():
            return link()

    return run(build=build), CLAIMED


def decorator():
    return run(by_hand=True), CLAIMED


def host_url():
    return run(build=lambda: request.host_url.rstrip("/") + url_for("invoice", number=7)), CLAIMED
