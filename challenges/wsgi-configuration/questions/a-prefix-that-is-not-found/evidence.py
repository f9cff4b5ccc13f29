"""What the stem's address is answered with after each change: pairs of (status, body)."""

from flask import Flask, url_for
from werkzeug.middleware.proxy_fix import ProxyFix


def through_nginx(app, path="/store/cart", uri="", headers=None):
    """Sends what nginx sends: with an URI in proxy_pass, the part that the location matched is replaced by it."""
    if uri:
        path = uri + path.removeprefix("/store/")
    headers = {"Host": "shop.example", "X-Forwarded-Prefix": "/store", **(headers or {})}
    response = app.test_client().get(path, headers=headers)
    return response.status_code, response.text if response.status_code == 200 else ""


def make_app(route="/cart", x_prefix=1, **config):
    app = Flask(__name__)
    app.config.update(config)
    app.wsgi_app = ProxyFix(app.wsgi_app, x_prefix=x_prefix)

    @app.get(route)
    def cart():
        return url_for("cart")

    return app


WANTED = (200, "/store/cart")


def application_root():
    return through_nginx(make_app(APPLICATION_ROOT="/store")), WANTED


def two_hops():
    return through_nginx(make_app(x_prefix=2)), WANTED


def longer_route():
    return through_nginx(make_app(route="/store/cart")), WANTED


def slash():
    return through_nginx(make_app(), uri="/"), WANTED


def prefix_slash():
    return through_nginx(make_app(), headers={"X-Forwarded-Prefix": "/store/"}), WANTED


def script_header():
    return through_nginx(make_app(), headers={"X-Script-Name": "/store"}), WANTED
