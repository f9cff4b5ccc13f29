"""What the page shows: pairs (tags and text for each comment, its lines with breaks between)."""

from html.parser import HTMLParser

from flask import Flask, render_template
from jinja2 import DictLoader
from markupsafe import Markup, escape

COMMENTS = ("one\ntwo", "<script>alert(1)</script>\n& so on", "&lt;br&gt;\n<br>")
BREAK = ("br",)
SHOWN = [[first, BREAK, second] for first, second in (comment.split("\n") for comment in COMMENTS)]


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag,))

    def handle_data(self, data):
        self.seen.append(data)


def shown(lines):
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"page.html": "{{ comment|lines }}"})
    app.template_filter("lines")(lines)
    found = []
    with app.test_request_context():
        for comment in COMMENTS:
            reader = Reader()
            reader.feed(render_template("page.html", comment=comment))
            reader.close()
            found.append(reader.seen)
    return found


def replace_after():
    return shown(lambda text: escape(text).replace("\n", "<br>")), SHOWN


def markup_last():
    return shown(lambda text: Markup(text.replace("\n", "<br>"))), SHOWN


def join_inside():
    return shown(lambda text: Markup("<br>".join(text.split("\n")))), SHOWN


def escape_lines():
    return shown(lambda text: "<br>".join(escape(line) for line in text.split("\n"))), SHOWN


def escape_last():
    return shown(lambda text: escape(text.replace("\n", Markup("<br>")))), SHOWN


def markup_joins():
    return shown(lambda text: Markup("<br>").join(text.split("\n"))), SHOWN
