"""What the code of the stem prints: pairs (observed, claimed)."""

from flask import Flask, current_app

settings = {}
visits = []


def create_app(name):
    app = Flask(__name__)
    app.config["NAME"] = settings["NAME"] = name

    @app.get("/")
    def index():
        visits.append("/")
        return [settings["NAME"], current_app.config["NAME"], len(visits)]

    return app


def printed():
    settings.clear()
    visits.clear()
    first = create_app("Harbour")
    second = create_app("Riverside")
    second.test_client().get("/")
    return first.test_client().get("/").json


def own_count():
    return printed(), ["Riverside", "Harbour", 1]


def own_settings():
    return printed(), ["Harbour", "Harbour", 2]


def last_made():
    return printed(), ["Riverside", "Riverside", 2]


def module_and_app():
    return printed(), ["Riverside", "Harbour", 2]


def all_own():
    return printed(), ["Harbour", "Harbour", 1]


def last_made_own_count():
    return printed(), ["Riverside", "Riverside", 1]
