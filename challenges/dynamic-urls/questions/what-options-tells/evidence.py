"""The sorted methods of the two Allow headers, as observed and as each option claims them."""

from flask import Flask


def allowed():
    app = Flask(__name__)

    @app.get("/items")
    def list_items():
        return []

    @app.post("/items")
    def create_item():
        return {}, 201

    @app.put("/items/<int:item_id>")
    def replace_item(item_id):
        return {}

    client = app.test_client()
    headers = [client.options(path).headers["Allow"] for path in ("/items", "/items/3")]
    return tuple(" ".join(sorted(header.split(", "))) for header in headers)


def per_view():
    return allowed(), ("GET HEAD OPTIONS", "OPTIONS PUT")


def per_path():
    return allowed(), ("GET HEAD OPTIONS POST", "OPTIONS PUT")


def as_written():
    return allowed(), ("GET POST", "PUT")


def head_everywhere():
    return allowed(), ("GET HEAD OPTIONS POST", "HEAD OPTIONS PUT")


def by_prefix():
    return allowed(), ("GET HEAD OPTIONS POST PUT", "OPTIONS PUT")


def no_options():
    return allowed(), ("GET HEAD POST", "PUT")
