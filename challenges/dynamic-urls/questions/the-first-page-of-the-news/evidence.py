"""The link to page 1 and the answer to its long address: (link, status, path of the redirect or text)."""

from urllib.parse import urlsplit

from flask import Flask, url_for


def link_and_answer():
    app = Flask(__name__)

    @app.get("/news/", defaults={"page": 1})
    @app.get("/news/<int:page>")
    def news(page):
        return f"page {page}"

    with app.test_request_context():
        link = url_for("news", page=1)
    response = app.test_client().get("/news/1")
    target = response.headers.get("Location")
    return link, response.status_code, urlsplit(target).path if target else response.text


def long_link():
    return link_and_answer(), ("/news/1", 200, "page 1")


def no_redirect():
    return link_and_answer(), ("/news/", 200, "page 1")


def query():
    return link_and_answer(), ("/news/?page=1", 200, "page 1")


def short_link():
    return link_and_answer(), ("/news/", 308, "/news/")


def link_to_redirect():
    return link_and_answer(), ("/news/1", 308, "/news/")


def refused():
    return link_and_answer()[:2], ("/news/", 404)
