"""Whether some value of the user runs a script: pairs (found by an HTML parser, True)."""

import json
from html.parser import HTMLParser

from flask import Flask, render_template
from jinja2 import DictLoader

VALUES = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "x onload=alert(1)",
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    '" onfocus=alert(1) autofocus x="',
    "' onfocus=alert(1) autofocus x='",
    "</script><script>alert(1)</script>",
    '";alert(1);//',
    "';alert(1);//",
    "javascript:alert(1)",
    "&javascript:alert(1)",
)


class Reader(HTMLParser):
    """Notes the tags, the handlers of events, the schemes of addresses, and what stands in scripts."""

    def __init__(self):
        super().__init__()
        self.tags, self.handlers, self.addresses, self.scripts = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.addresses += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data):
        if self.tags[-1:] == ["script"] and data.strip():
            self.scripts.append(data)


def read(line, value):
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"profile.html": line})
    with app.test_request_context():
        page = render_template("profile.html", user=dict.fromkeys(("bio", "nick", "site"), value))
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader


def runs_script(line):
    tags = read(line, "harmless").tags
    for value in VALUES:
        reader = read(line, value)
        if reader.handlers or reader.tags != tags:
            return True
        if any(address.startswith("javascript:") for address in reader.addresses):
            return True
        for script in reader.scripts:
            literal = script.strip().removeprefix("const nick = ").removesuffix(";")
            try:
                if json.loads(literal) != value:
                    return True
            except ValueError:
                return True
    return False


def text():
    return runs_script("<p>{{ user.bio }}</p>"), True


def bare_attribute():
    return runs_script("""<img src="/face.png" alt={{ user.nick }}>"""), True


def quoted_attribute():
    return runs_script("""<input name="nick" value='{{ user.nick }}'>"""), True


def address():
    return runs_script("""<a href="{{ user.site }}">my site</a>"""), True


def script_value():
    return runs_script("<script>const nick = {{ user.nick|tojson }};</script>"), True


def query_value():
    return runs_script("""<a href="/users?nick={{ user.nick|urlencode }}">more</a>"""), True
