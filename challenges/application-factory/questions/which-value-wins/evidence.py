"""What the test of the stem prints: pairs (observed, claimed)."""

import os

from flask import Flask


def create_app(config):
    app = Flask(__name__)
    app.config.from_mapping(NAME="Library", PAGE_SIZE=10)
    app.config.from_prefixed_env("LIBRARY")
    app.config.from_mapping(config)
    return app


def settings():
    os.environ["LIBRARY_NAME"] = "Harbour"
    os.environ["LIBRARY_PAGE_SIZE"] = "25"
    app = create_app({"NAME": "Riverside"})
    return app.config["NAME"], app.config["PAGE_SIZE"]


def text():
    return settings(), ("Riverside", "25")


def environment_last():
    return settings(), ("Harbour", 25)


def import_time():
    return settings(), ("Riverside", 10)


def replaced():
    return settings(), ("Library", 10)


def each_from_its_source():
    return settings(), ("Riverside", 25)


def environment_as_text():
    return settings(), ("Harbour", "25")
