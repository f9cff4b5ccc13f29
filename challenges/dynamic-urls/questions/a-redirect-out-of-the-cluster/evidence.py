"""What the other service is answered: (status, Location)."""

from flask import Flask
from werkzeug.test import Client


def answer():
    app = Flask(__name__)
    app.config.update(SERVER_NAME="shop.example", PREFERRED_URL_SCHEME="https")

    @app.get("/items/")
    def items():
        return []

    response = Client(app).get("/items", base_url="http://cart:8000/")
    return response.status_code, response.headers.get("Location")


def own_host():
    return answer(), (308, "http://cart:8000/items/")


def preferred_scheme():
    return answer(), (308, "https://shop.example/items/")


def unknown_host():
    return answer(), (404, None)


def port_kept():
    return answer(), (308, "http://shop.example:8000/items/")


def relative():
    return answer(), (308, "/items/")


def server_name():
    return answer(), (308, "http://shop.example/items/")
