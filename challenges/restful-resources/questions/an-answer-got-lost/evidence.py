"""Whether two identical requests leave what one leaves: pairs (observed, claimed)."""

from flask import Flask, abort, request


def repeatable(method, path, work):
    """True if the data after two identical requests is that after one."""

    def after(times):
        app = Flask(__name__)
        cart, lines = {"ink": 1, "pen": 3}, []

        @app.route(path, methods=[method])
        def view():
            work(cart, lines, request.get_json(silent=True))
            return "", 204

        for _ in range(times):
            app.test_client().open(path, method=method, json={"count": 2, "factor": 2, "line": "x"})
        return cart, lines

    return after(1) == after(2)


def put_adds():
    def work(cart, lines, data):
        cart["pen"] += data["count"]

    return repeatable("PUT", "/cart/pen", work), True


def delete_pen():
    def work(cart, lines, data):
        cart.pop("pen", None) or abort(404)

    return repeatable("DELETE", "/cart/pen", work), True


def delete_last():
    def work(cart, lines, data):
        lines.append(cart.popitem())

    return repeatable("DELETE", "/cart/last", work), True


def patch_factor():
    def work(cart, lines, data):
        cart["pen"] = cart["pen"] * data["factor"]

    return repeatable("PATCH", "/cart/pen", work), True


def put_appends():
    def work(cart, lines, data):
        lines.append(data["line"])

    return repeatable("PUT", "/cart/lines", work), True


def get_ticket():
    def work(cart, lines, data):
        cart["ticket"] = cart.get("ticket", 0) + 1

    return repeatable("GET", "/cart/ticket", work), True
