"""How the four requests are answered after each change."""

from flask import Flask, abort, request

CLAIMED = ("page", 404, 404, 405)
ALL = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def show_item(item_id):
    return {"id": item_id}


def page(path):
    return "page"


def careful_page(path):
    if path.startswith("api/"):
        abort(404)
    return "page"


def refuse(rest):
    abort(404)


def answers(rules, handler=None):
    """``rules`` are the rules beside that of ``show_item``, in the order of registration; None stands for it."""
    app = Flask(__name__)
    for rule in rules:
        path, view, methods = rule or ("/api/items/<int:item_id>", show_item, ["GET"])
        app.add_url_rule(path, view_func=view, methods=methods)
    if handler:
        app.register_error_handler(404, handler)
    client = app.test_client()
    requests = (
        ("GET", "/settings/profile"),
        ("GET", "/api/orders"),
        ("POST", "/api/orders"),
        ("POST", "/api/items/7"),
    )
    responses = [client.open(path, method=method) for method, path in requests]
    return tuple("page" if response.text == "page" else response.status_code for response in responses)


def api_catch_all():
    return answers([("/<path:path>", page, ["GET"]), None, ("/api/<path:rest>", refuse, ["GET"])]), CLAIMED


def api_any_method():
    return answers([("/<path:path>", page, ["GET"]), None, ("/api/<path:rest>", refuse, ALL)]), CLAIMED


def in_the_page():
    return answers([("/<path:path>", careful_page, ["GET"]), None]), CLAIMED


def register_last():
    return answers([None, ("/<path:path>", page, ["GET"])]), CLAIMED


def error_handler():
    def not_found(error):
        return error if request.path.startswith("/api/") else "page"

    return answers([None], not_found), CLAIMED


def page_any_method():
    return answers([("/<path:path>", careful_page, ALL), None]), CLAIMED
