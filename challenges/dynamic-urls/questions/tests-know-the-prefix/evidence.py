"""What the test client and a bare WSGI environment get for /cart."""

from flask import Flask, url_for
from werkzeug.test import Client


def answers():
    app = Flask(__name__)
    app.config["APPLICATION_ROOT"] = "/shop"

    @app.get("/cart")
    def cart():
        return url_for("cart")

    # Werkzeug's client knows nothing of the app's configuration: it sends what gunicorn would hand on.
    responses = app.test_client().get("/cart"), Client(app).get("/cart", base_url="https://example.com/")
    return tuple(response.text if response.status_code == 200 else response.status_code for response in responses)


def both_prefixed():
    return answers(), ("/shop/cart", "/shop/cart")


def neither_prefixed():
    return answers(), ("/cart", "/cart")


def test_only():
    return answers(), ("/shop/cart", "/cart")


def production_only():
    return answers(), ("/cart", "/shop/cart")


def test_404():
    return answers(), (404, "/cart")


def production_404():
    return answers(), ("/shop/cart", 404)
