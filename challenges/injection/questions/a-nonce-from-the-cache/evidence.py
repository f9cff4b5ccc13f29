"""For which of three visitors `start()` runs, and whether a script in a comment ever does: pairs of both.

`Browser` follows the rules of Content Security Policy for inline scripts: one runs if its nonce or the hash of its
text is in `script-src`, or if that has 'unsafe-inline' and neither a nonce nor a hash.
"""

import base64
import hashlib
import re
import secrets
from html.parser import HTMLParser

from flask import Flask, g, render_template_string, session
from flask_caching import Cache

PAGE = """<p>{% for comment in comments %}{{ comment|safe }}{% endfor %}</p>
<script nonce="{{ g.nonce }}">start()</script>"""
PLAIN_PAGE = PAGE.replace(' nonce="{{ g.nonce }}"', "")
RIGHT = ([True, True, True], False)


class Browser(HTMLParser):
    def __init__(self, policy):
        super().__init__()
        self.sources = policy.removeprefix("script-src").split()
        self.nonce, self.ran = None, []
        self.in_script = False

    def handle_starttag(self, tag, attributes):
        self.in_script = tag == "script"
        self.nonce = dict(attributes).get("nonce")

    def handle_endtag(self, tag):
        self.in_script = False

    def handle_data(self, text):
        if not self.in_script:
            return
        digest = "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"
        strict = any(source.startswith(("'nonce-", "'sha256-")) for source in self.sources)
        if (
            f"'nonce-{self.nonce}'" in self.sources
            or digest in self.sources
            or ("'unsafe-inline'" in self.sources and not strict)
        ):
            self.ran.append(text)


def ran(
    make=lambda: secrets.token_urlsafe(16), policy="script-src 'nonce-{nonce}'", page=PAGE, change=lambda body: body
):
    app = Flask(__name__)
    app.secret_key = "key"
    cache = Cache(app, config={"CACHE_TYPE": "SimpleCache"})
    comments = []

    @app.before_request
    def make_nonce():
        g.nonce = make()

    @app.after_request
    def add_policy(response):
        response.set_data(change(response.get_data(as_text=True)))
        response.headers["Content-Security-Policy"] = policy.replace("{nonce}", g.nonce)
        return response

    @app.get("/")
    @cache.cached(timeout=600)
    def index():
        return render_template_string(page, comments=comments)

    def visit():
        response = app.test_client().get("/")
        browser = Browser(response.headers["Content-Security-Policy"])
        browser.feed(response.text)
        return response.text, browser.ran

    visits = [visit() for _ in range(3)]
    starts = ["start()" in scripts for _, scripts in visits]
    # the author of the comment has read the page, writes what it shows as a nonce, and waits for a new rendering
    shown = re.search(r'nonce="([^"]*)"', visits[0][0])
    comments.append(f'<script nonce="{shown[1] if shown else ""}">attack()</script>')
    comments.append("<script>attack()</script>")
    cache.clear()
    attacked = any("attack()" in visit()[1] for _ in range(3))
    return starts, attacked


def one_nonce():
    nonce = secrets.token_urlsafe(16)
    return ran(make=lambda: nonce), RIGHT


def per_visitor():
    return ran(make=lambda: session.setdefault("nonce", secrets.token_urlsafe(16))), RIGHT


def both_keywords():
    return ran(policy="script-src 'nonce-{nonce}' 'unsafe-inline'"), RIGHT


def replaced():
    def change(body):
        return re.sub(r"<script( nonce=\"[^\"]*\")?", f'<script nonce="{g.nonce}"', body)

    return ran(change=change), RIGHT


def hash():
    digest = base64.b64encode(hashlib.sha256(b"start()").digest()).decode()
    return ran(policy=f"script-src 'sha256-{digest}'", page=PLAIN_PAGE), RIGHT


def self():
    return ran(policy="script-src 'self'", page=PLAIN_PAGE), RIGHT
