"""Where the Link header leads a client."""

from urllib.parse import urlencode, urljoin

from flask import Flask, jsonify, request, url_for
from requests.utils import parse_header_links

CLAIMED = "https://shop.example/api/books?page=3"


def leads_to(build):
    app = Flask(__name__)

    @app.get("/books")
    def books():
        target = build()
        response = jsonify(["A", "B"])
        response.headers["Link"] = f'<{target}>; rel="next"'
        return response

    response = app.test_client().get("/books?page=2", base_url="http://127.0.0.1:8000")
    (link,) = parse_header_links(response.headers["Link"])
    return urljoin("https://shop.example/api/books?page=2", link["url"])


def query_only():
    return leads_to(lambda: "?" + urlencode({"page": 3})), CLAIMED


def url_for_books():
    return leads_to(lambda: url_for("books", page=3)), CLAIMED


def external():
    return leads_to(lambda: url_for("books", page=3, _external=True)), CLAIMED


def base_url():
    return leads_to(lambda: request.base_url + "?page=3"), CLAIMED


def path():
    return leads_to(lambda: request.path + "?page=3"), CLAIMED


def script_root():
    return leads_to(lambda: request.script_root + url_for("books", page=3)), CLAIMED
