"""Whether the proper addresses are accepted, and which other hosts or schemes are asked: pairs of both."""

import io
import re
from urllib.parse import urlsplit

import requests
from flask import Flask, abort, request
from requests.adapters import BaseAdapter
from urllib3.util import parse_url

PROPER = ["https://images.example/cats/1.png", "https://images.example/a?size=2"]
ATTACKS = [
    "https://images.example.evil.example/",
    "https://images.example@evil.example/",
    "https://images.example:x@evil.example/",
    "https://evil.example/https://images.example/",
    "https://evilimages.example/",
    "https://images-example/",
    "http://images.example/",
    "https://evil.example\\@images.example/",
    "https://images.example\\@evil.example/",
    "https://evil.example#@images.example/",
]
MENDED = (True, set())


class Recorded(BaseAdapter):
    """In place of the network: keeps scheme and host as the client reads them, and answers 200."""

    def __init__(self):
        super().__init__()
        self.asked = set()

    def send(self, request, **options):
        self.asked.add(parse_url(request.url)[:1] + (parse_url(request.url).host,))
        response = requests.Response()
        response.status_code, response.raw, response.url = 200, io.BytesIO(b"picture"), request.url
        return response

    def close(self):
        pass


def asked(condition):
    network = Recorded()
    session = requests.Session()
    session.mount("http://", network)
    session.mount("https://", network)
    app = Flask(__name__)

    @app.post("/preview")
    def preview():
        url = request.form["url"]
        if not condition(url):
            abort(400)
        picture = session.get(url)
        return picture.content, {"Content-Type": "image/png"}

    client = app.test_client()
    accepted = all(client.post("/preview", data={"url": url}).status_code == 200 for url in PROPER)
    for url in ATTACKS:
        client.post("/preview", data={"url": url})
    return accepted, network.asked - {("https", "images.example")}


def parts():
    return asked(lambda url: urlsplit(url)[:2] == ("https", "images.example")), MENDED


def beginning():
    return asked(lambda url: url.startswith("https://images.example")), MENDED


def contained():
    return asked(lambda url: "images.example" in urlsplit(url).netloc), MENDED


def ending():
    return asked(lambda url: urlsplit(url).netloc.endswith("images.example")), MENDED


def before_the_colon():
    return asked(lambda url: urlsplit(url).netloc.split(":")[0] == "images.example"), MENDED


def pattern():
    return asked(lambda url: re.match("https://images.example/", url) is not None), MENDED
