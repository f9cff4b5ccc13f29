"""The JSON that the app answers with, or its status."""

from flask import Flask, request, url_for

EVIL, SHOP = "http://evil.example/", "http://shop.example/"


def answered():
    app = Flask(__name__)
    app.config["SERVER_NAME"] = "shop.example"

    @app.get("/")
    def index():
        return {"link": url_for("index", _external=True), "here": request.host_url}

    answer = app.test_client().get("/", base_url="http://127.0.0.1:8000", headers={"Host": "evil.example"})
    return answer.json if answer.status_code == 200 else answer.status_code


def all_evil():
    return answered(), {"link": EVIL, "here": EVIL}


def all_shop():
    return answered(), {"link": SHOP, "here": SHOP}


def swapped():
    return answered(), {"link": EVIL, "here": SHOP}


def not_found():
    return answered(), 404


def mixed():
    return answered(), {"link": SHOP, "here": EVIL}


def bad_request():
    return answered(), 400
