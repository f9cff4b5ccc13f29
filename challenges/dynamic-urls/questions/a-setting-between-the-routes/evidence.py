"""The three status codes, as observed and as each option claims them."""

from flask import Flask


def statuses():
    app = Flask(__name__)

    @app.get("/news/")
    def news():
        return "news"

    app.url_map.strict_slashes = False

    @app.get("/shop/")
    def shop():
        return "shop"

    @app.get("/contact")
    def contact():
        return "contact"

    client = app.test_client()
    return tuple(client.get(path).status_code for path in ("/news", "/shop", "/contact/"))


def reaches_back():
    return statuses(), (200, 200, 200)


def only_adds():
    return statuses(), (308, 200, 404)


def reaches_back_and_adds():
    return statuses(), (200, 200, 404)


def from_here_on():
    return statuses(), (308, 200, 200)


def ignored():
    return statuses(), (308, 308, 404)


def redirects_both_ways():
    return statuses(), (308, 308, 308)
