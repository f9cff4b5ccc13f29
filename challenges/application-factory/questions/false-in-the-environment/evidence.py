"""What the view of the stem computes: pairs (observed, claimed)."""

import os

from flask import Flask, current_app


def create_app():
    app = Flask(__name__)
    app.config.from_mapping(OPEN=True, LOANS=3)
    app.config.from_prefixed_env("LIBRARY")
    return app


def computed():
    os.environ["LIBRARY_OPEN"] = "False"
    os.environ["LIBRARY_LOANS"] = "05"
    app = create_app()

    @app.get("/")
    def index():
        return [bool(current_app.config["OPEN"]), current_app.config["LOANS"] * 2]

    return app.test_client().get("/").json


def both_converted():
    return computed(), [False, 10]


def number_kept_as_text():
    return computed(), [False, "0505"]


def word_kept_as_text():
    return computed(), [True, 10]


def defaults_give_types():
    return computed(), [False, 6]


def both_kept_as_text():
    return computed(), [True, "0505"]


def skipped():
    return computed(), [True, 6]
