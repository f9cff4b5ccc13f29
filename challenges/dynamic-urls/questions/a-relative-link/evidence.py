"""Which address the browser asks for: as the rule stands, and without the option; None where the page is not found."""

import re
from urllib.parse import urljoin, urlsplit

from flask import Flask


def asked_for(**options):
    app = Flask(__name__)

    @app.get("/docs/", **options)
    def docs():
        return '<a href="setup">How to set it up</a>'

    page = app.test_client().get("/docs", follow_redirects=True)
    if page.status_code != 200:
        return None
    link = re.search('href="(.*?)"', page.text)[1]
    return urlsplit(urljoin(page.request.url, link)).path


def addresses():
    return asked_for(strict_slashes=False), asked_for()


def below_both():
    return addresses(), ("/docs/setup", "/docs/setup")


def root_both():
    return addresses(), ("/setup", "/setup")


def below_then_root():
    return addresses(), ("/docs/setup", "/setup")


def root_then_below():
    return addresses(), ("/setup", "/docs/setup")


def appended():
    return addresses(), ("/docssetup", "/docs/setup")


def not_found():
    return addresses(), ("/docs/setup", None)
