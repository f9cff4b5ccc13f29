"""With each line: (where /orders?page=2 leads to, whether some other `next` leads to another host)."""

import re
from urllib.parse import urljoin, urlsplit

from flask import Flask, redirect, request

SHOP = "https://shop.example"
CLAIMED = (SHOP + "/orders?page=2", False)
HOSTILE = [
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "https://evil.example",
    "https:///evil.example",
    "http:evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    "@evil.example",
    ".evil.example",
    "https://shop.example@evil.example",
    "/\n/evil.example",
    "//evil.example/shop.example",
    "javascript:alert(1)",
]


def host_in_browser(location):
    """The host of a Location from SHOP, as the URL Standard reads it (None where the scheme knows no hosts)."""
    if location is None:  # refused: nobody is led anywhere
        return "shop.example"
    text = re.sub(r"[\t\r\n]", "", location.strip("".join(map(chr, range(33))))).replace("\\", "/")
    scheme, rest = re.match(r"(?i)(?:([a-z][a-z0-9+.-]*):)?(.*)", text, re.DOTALL).groups()
    scheme = (scheme or "").lower()
    if scheme not in ("", "http", "https"):
        return None
    if scheme == "http" or rest.startswith("//"):
        return re.split(r"[/?#]", rest.lstrip("/"))[0].rpartition("@")[2]
    return "shop.example"


def outcome(answer):
    app = Flask(__name__)

    @app.post("/login")
    def login():
        target = request.args.get("next", "/")
        return answer(target)

    def location(target):
        client = app.test_client()
        return client.post("/login", base_url=SHOP, query_string={"next": target}).headers.get("Location")

    away = any(host_in_browser(location(target)) != "shop.example" for target in HOSTILE)
    return urljoin(SHOP + "/login", location("/orders?page=2")), away


def leading_slash():
    return outcome(lambda target: redirect(target if target.startswith("/") else "/")), CLAIMED


def no_netloc():
    return outcome(lambda target: redirect(target if not urlsplit(target).netloc else "/")), CLAIMED


def built_on_the_host():
    return outcome(lambda target: redirect(request.host_url + target.lstrip("/"))), CLAIMED


def joined_netloc():
    def answer(target):
        return redirect(target if urlsplit(urljoin(request.url, target)).netloc == request.host else "/")

    return outcome(answer), CLAIMED


def second_character():
    def answer(target):
        return redirect(target if target.startswith("/") and target[1:2] != "/" else "/")

    return outcome(answer), CLAIMED


def single_slashes():
    return outcome(lambda target: redirect(target.replace("//", "/"))), CLAIMED
