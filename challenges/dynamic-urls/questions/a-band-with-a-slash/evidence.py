"""What the link on the index page leads to after each change."""

import re
from urllib.parse import quote

from flask import Flask, url_for

CLAIMED = "page of AC/DC"


def linked(rule="/artists/<name>", name="AC/DC", href=None, external=None, **options):
    app = Flask(__name__)

    @app.get(rule, **options)
    def artist(name):
        return f"page of {name}"

    @app.get("/")
    def index():
        return f"""<a href="{href or url_for("artist", name=name, _external=external)}">AC/DC</a>"""

    client = app.test_client()
    target = re.search('href="(.*?)"', client.get("/").text)[1]
    response = client.get(target)
    return response.text if response.status_code == 200 else response.status_code


def path():
    return linked("/artists/<path:name>"), CLAIMED


def quoted_twice():
    return linked(name=quote("AC/DC", safe="")), CLAIMED


def encode_by_hand():
    return linked(href="/artists/AC%2FDC"), CLAIMED


def merge():
    return linked(merge_slashes=False), CLAIMED


def string():
    return linked("/artists/<string(minlength=1):name>"), CLAIMED


def external():
    return linked(external=True), CLAIMED
