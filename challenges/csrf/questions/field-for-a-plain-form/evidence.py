"""How the form is answered with each line in the template: statuses of rendering and of sending it."""

import logging
import secrets
from html.parser import HTMLParser

from flask import Flask, redirect, render_template_string, request
from flask_wtf import CSRFProtect

logging.disable(logging.CRITICAL)

CLAIMED = (200, 302)  # every option claims that the page renders and that the form is taken


class Fields(HTMLParser):
    """What a browser would send: the named inputs of the page."""

    def __init__(self):
        super().__init__()
        self.values = {}

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "input" and "name" in attributes:
            self.values[attributes["name"]] = attributes.get("value", "")


def sent(line):
    app = Flask(__name__)
    app.config["SECRET_KEY"] = secrets.token_hex()
    CSRFProtect(app)

    @app.route("/rename", methods=["GET", "POST"])
    def rename():
        if request.method == "POST":
            return redirect("/")
        return render_template_string(f'<form method="post">{line}<input name="name"><button>Save</button></form>')

    browser = app.test_client()
    page = browser.get("/rename")
    fields = Fields()
    fields.feed(page.text)
    return page.status_code, browser.post("/rename", data=fields.values | {"name": "Ada"}).status_code


def bare_value():
    return sent("{{ csrf_token() }}"), CLAIMED


def without_call():
    return sent('<input type="hidden" name="csrf_token" value="{{ csrf_token }}">'), CLAIMED


def header_name():
    return sent('<input type="hidden" name="X-CSRFToken" value="{{ csrf_token() }}">'), CLAIMED


def hidden_tag():
    return sent("{{ form.hidden_tag() }}"), CLAIMED


def hidden_input():
    return sent('<input type="hidden" name="csrf_token" value="{{ csrf_token() }}">'), CLAIMED


def meta_tag():
    return sent("{{ csrf_meta_tag() }}"), CLAIMED
