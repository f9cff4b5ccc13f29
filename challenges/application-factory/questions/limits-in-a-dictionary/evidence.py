"""What the stem's test prints: pairs (observed, claimed)."""

import os

from flask import Flask


def printed():
    defaults = {"LIMITS": {"page": 10, "loans": 5}}

    def create_app(config=None):
        app = Flask(__name__)
        app.config.from_mapping(defaults)
        app.config.from_prefixed_env("LIBRARY")
        app.config.from_mapping(config or {})
        return app

    os.environ["LIBRARY_LIMITS__page"] = "20"
    create_app()
    del os.environ["LIBRARY_LIMITS__page"]
    second = create_app({"LIMITS": {"loans": 1}})
    third = create_app()
    return second.config["LIMITS"], third.config["LIMITS"]


def merged_and_fresh():
    return printed(), ({"page": 10, "loans": 1}, {"page": 10, "loans": 5})


def replaced_and_changed():
    return printed(), ({"loans": 1}, {"page": 20, "loans": 5})


def merged_and_changed():
    return printed(), ({"page": 20, "loans": 1}, {"page": 20, "loans": 5})


def replaced_and_fresh():
    return printed(), ({"loans": 1}, {"page": 10, "loans": 5})


def merged_for_all():
    return printed(), ({"page": 20, "loans": 1}, {"page": 20, "loans": 1})


def environment_once():
    return printed(), ({"page": 20, "loans": 1}, {"page": 10, "loans": 5})
