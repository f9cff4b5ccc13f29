"""Whether the wanted links remain, and whether no comment makes a link with a script: pairs of both.

Browsers strip C0 control characters and spaces at both ends of an address and remove tabs and line breaks; then the
scheme is what stands before the first colon, in any case of letters (URL Standard, "basic URL parser").
"""

import html
import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

from flask import Flask, render_template_string
from markupsafe import Markup, escape

LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
WANTED = ["https://ann.example/?a=1&b=2", "http://ann.example", "mailto:ann@ann.example"]
SCRIPTS = [
    "javascript:alert`1`",
    "JavaScript:alert`1`",
    "java\tscript:alert`1`",
    "java\nscript:alert`1`",
    "\x01javascript:alert`1`",
    "  javascript:alert`1`",
    "javascript://x/%0aalert`1`",
]
MENDED = (True, True)


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        if tag == "a":
            self.found.append(dict(attributes)["href"])


def scheme(address):
    address = address.strip("".join(map(chr, range(33))))
    return re.sub(r"[\t\n\r]", "", address).partition(":")[0].lower()


def shown(condition):
    app = Flask(__name__)

    @app.template_filter()
    def with_links(comment):
        def link(match):
            text, url = match.groups()
            return f'<a href="{url}">{text}</a>' if condition(url) else text

        return Markup(LINK.sub(link, str(escape(comment))))

    def addresses(url):
        with app.app_context():
            page = render_template_string("{{ comment|with_links }}", comment=f"see [my page]({url})!")
        links = Links()
        links.feed(page)
        return links.found

    kept = all(addresses(url) == [html.unescape(url)] for url in WANTED)
    return kept, not any(scheme(found) == "javascript" for url in SCRIPTS for found in addresses(url))


def no_javascript():
    return shown(lambda url: "javascript:" not in url.lower()), MENDED


def has_a_host():
    return shown(lambda url: urlsplit(url).netloc != ""), MENDED


def block_list():
    return shown(lambda url: not re.match(r"\s*(javascript|data|vbscript):", url, re.I)), MENDED


def parsed():
    return shown(lambda url: urlsplit(url).scheme in {"http", "https", "mailto"}), MENDED


def slashes():
    return shown(lambda url: "://" in url or url.startswith("mailto:")), MENDED


def printable():
    return shown(lambda url: url.isprintable() and not url.startswith("javascript:")), MENDED
