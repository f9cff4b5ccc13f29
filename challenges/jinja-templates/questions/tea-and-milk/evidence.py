"""What arrives after the click: pairs of the query's parameters. The attribute is read by an HTML parser."""

from html.parser import HTMLParser

from flask import Flask, render_template, request
from jinja2 import DictLoader

LINK = """<a href="{{ url_for('search', q='tea & milk', page=2) }}">more</a>"""
SOURCE = '<a href="/search?q=tea+%26+milk&amp;page=2">more</a>'


class Links(HTMLParser):
    def handle_starttag(self, tag, attrs):
        self.address = dict(attrs)["href"]


def arrived():
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"page.html": LINK})

    @app.get("/search")
    def search():
        return request.args.to_dict()

    with app.test_request_context():
        page = render_template("page.html")
    assert page == SOURCE
    links = Links()
    links.feed(page)
    return app.test_client().get(links.address).json


def amp_in_name():
    return arrived(), {"q": "tea & milk", "amp;page": "2"}


def amp_in_value():
    return arrived(), {"q": "tea &amp; milk", "page": "2"}


def cut_off():
    return arrived(), {"q": "tea ", " milk": "", "page": "2"}


def plus_signs():
    return arrived(), {"q": "tea+&+milk", "page": "2"}


def both_as_given():
    return arrived(), {"q": "tea & milk", "page": "2"}


def one_parameter():
    return arrived(), {"q": "tea & milk&page=2"}
