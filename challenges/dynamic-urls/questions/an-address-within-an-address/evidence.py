"""What the app answers to the request of the stem: (status, text or target of the redirect)."""

from urllib.parse import urlsplit

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app


def answer():
    app = Flask(__name__)

    @app.get("/preview/<path:url>")
    def preview(url):
        return url

    environ = EnvironBuilder().get_environ()
    path, _, query = "/preview/https://example.com/a?page=2".partition("?")
    environ.update(PATH_INFO=path, QUERY_STRING=query)
    body, status, headers = run_wsgi_app(app, environ)
    if "Location" in headers:
        target = urlsplit(headers["Location"])
        return int(status[:3]), f"{target.path}?{target.query}"
    return int(status[:3]), b"".join(body).decode()


def merged():
    return answer(), (200, "https:/example.com/a")


def redirected():
    return answer(), (308, "/preview/https:/example.com/a?page=2")


def no_match():
    return answer()[0], 404


def path_only():
    return answer(), (200, "https://example.com/a")


def whole():
    return answer(), (200, "https://example.com/a?page=2")


def first_part():
    return answer(), (200, "https:")
