"""The three status codes, as observed and as each option claims them."""

from flask import Flask


def statuses():
    app = Flask(__name__)

    @app.post("/items")
    def create_item():
        return {}, 201

    @app.delete("/items/<int:item_id>")
    def delete_item(item_id):
        return {}

    client = app.test_client()
    requests = (("GET", "/items"), ("DELETE", "/items/abc"), ("PUT", "/items/3"))
    return tuple(client.open(path, method=method).status_code for method, path in requests)


def bad_value():
    return statuses(), (405, 400, 405)


def path_then_method():
    return statuses(), (405, 404, 405)


def never_405():
    return statuses(), (404, 404, 404)


def always_405():
    return statuses(), (405, 405, 405)


def missing_get():
    return statuses(), (404, 404, 405)


def collection_only():
    return statuses(), (405, 404, 404)
