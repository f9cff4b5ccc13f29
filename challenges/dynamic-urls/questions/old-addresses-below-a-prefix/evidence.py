"""The Location that the old address gets."""

from flask import Flask
from werkzeug.test import Client


def location():
    app = Flask(__name__)

    @app.get("/products/<int:product_id>")
    def product(product_id):
        return f"product {product_id}"

    app.add_url_rule("/old/<int:product_id>", endpoint="old", redirect_to="/products/<product_id>")
    response = Client(app).get("/old/5?ref=mail", base_url="http://example.com/shop")
    return response.headers["Location"]


def prefix_and_query():
    return location(), "http://example.com/shop/products/5?ref=mail"


def host_root():
    return location(), "http://example.com/products/5"


def prefix():
    return location(), "http://example.com/shop/products/5"


def beside_the_old():
    return location(), "http://example.com/shop/old/products/5"


def query():
    return location(), "http://example.com/products/5?ref=mail"


def path_only():
    return location(), "/products/5?ref=mail"
