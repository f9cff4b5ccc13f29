"""What the view of the stem returns: pairs of addresses."""

from flask import Flask, url_for
from werkzeug.middleware.proxy_fix import ProxyFix


def answer():
    app = Flask(__name__)
    app.wsgi_app = ProxyFix(app.wsgi_app)

    @app.get("/cart")
    def cart():
        return url_for("cart", _external=True)

    headers = {
        "Host": "app:8000",
        "X-Forwarded-For": "203.0.113.9",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "shop.example",
        "X-Forwarded-Prefix": "/store",
    }
    return app.test_client().get("/cart", headers=headers).text


def all():  # noqa: A001
    return answer(), "https://shop.example/store/cart"


def no_prefix():
    return answer(), "https://shop.example/cart"


def scheme_only():
    return answer(), "https://app:8000/cart"


def nothing():
    return answer(), "http://app:8000/cart"


def host_only():
    return answer(), "http://shop.example/cart"


def client():
    return answer(), "https://203.0.113.9/cart"
