"""What a page shows: pairs (tags and text for each name, a link with the name as typed)."""

from html.parser import HTMLParser
from types import SimpleNamespace

from flask import Flask, render_template
from jinja2 import DictLoader
from markupsafe import Markup, escape

NAMES = ("Ada", "Tom & Jerry", "<script>alert(1)</script>", 'the "Duke"', "&lt;b&gt;")
SHOWN = [[("a", "/authors/7"), name] for name in NAMES]


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs).get("href")))

    def handle_data(self, data):
        self.seen.append(data)


def shown(author_link):
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"page.html": "{{ author_link(user) }}"})
    app.template_global("author_link")(author_link)
    found = []
    with app.test_request_context():
        for name in NAMES:
            reader = Reader()
            reader.feed(render_template("page.html", user=SimpleNamespace(id=7, name=name)))
            reader.close()
            found.append(reader.seen)
    return found


def f_string_inside():
    return shown(lambda user: Markup(f'<a href="/authors/{user.id}">{user.name}</a>')), SHOWN


def format_inside():
    return shown(lambda user: Markup('<a href="/authors/{}">{}</a>'.format(user.id, user.name))), SHOWN  # noqa: UP032


def escape_inside():
    return shown(lambda user: f'<a href="/authors/{user.id}">{escape(user.name)}</a>'), SHOWN


def format_method():
    return shown(lambda user: Markup('<a href="/authors/{}">{}</a>').format(user.id, user.name)), SHOWN


def escape_all():
    return shown(lambda user: escape(f'<a href="/authors/{user.id}">{user.name}</a>')), SHOWN


def markup_values():
    return shown(lambda user: '<a href="/authors/{}">{}</a>'.format(user.id, Markup(user.name))), SHOWN  # noqa: UP032
