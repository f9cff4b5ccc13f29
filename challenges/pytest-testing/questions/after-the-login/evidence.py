"""Which assertions pass on the answer of the stem."""

from flask import Flask, redirect, url_for


def response():
    app = Flask(__name__)

    @app.post("/login")
    def login():
        return redirect(url_for("home"))

    @app.get("/home")
    def home():
        return "Hello Ada"

    return app.test_client().post("/login")


def ok():
    return response().status_code == 200, True


def text():
    return "Hello Ada" in response().text, True


def full_address():
    return response().location == "http://localhost/home", True


def path_of_the_request():
    return response().request.path == "/home", True


def history():
    found = response()
    return bool(found.history) and found.history[0].location == "/home", True


def location():
    return response().location == "/home", True
