"""How the seven requests of the stem are answered with each expression."""

from urllib.parse import urlsplit

from flask import Flask, abort, request

REQUESTS = (
    ("GET", None),
    ("POST", "https://shop.example"),
    ("POST", "https://shop.example.evil.test"),
    ("POST", "https://notshop.example"),
    ("POST", "http://shop.example"),
    ("POST", "null"),
    ("POST", None),
)
CLAIMED = (200, 200, 403, 403, 403, 403, 403)


def statuses(wrong):
    app = Flask(__name__)

    @app.before_request
    def check_origin():
        origin = request.headers.get("Origin", "")
        if wrong(origin):
            abort(403)

    @app.route("/", methods=["GET", "POST"])
    def view():
        return "ok"

    client = app.test_client()
    return tuple(
        client.open(
            "/", method=method, base_url="https://shop.example", headers={"Origin": origin} if origin else {}
        ).status_code
        for method, origin in REQUESTS
    )


def prefix():
    return statuses(lambda origin: request.method == "POST" and not origin.startswith("https://shop.example")), CLAIMED


def suffix():
    return statuses(lambda origin: request.method == "POST" and not origin.endswith("shop.example")), CLAIMED


def if_present():
    return statuses(lambda origin: origin != "" and origin != "https://shop.example"), CLAIMED


def all_methods():
    return statuses(lambda origin: origin != "https://shop.example"), CLAIMED


def hostname():
    return statuses(lambda origin: request.method == "POST" and urlsplit(origin).hostname != "shop.example"), CLAIMED


def whole():
    return statuses(lambda origin: request.method == "POST" and origin != "https://shop.example"), CLAIMED
