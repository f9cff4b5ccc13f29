"""Whether pictures are shown, and which other hosts are asked: pairs of both."""

import io
from urllib.parse import parse_qs, urlsplit

import requests
from flask import Flask, abort, request
from requests.adapters import BaseAdapter

PICTURE = b"a picture"
TARGETS = [
    "https://internal.example/admin",
    "http://169.254.169.254/latest",
    "https://images.example/go?to=http://10.0.0.1/",
]
RIGHT = (True, set())


class Network(BaseAdapter):
    def __init__(self):
        super().__init__()
        self.asked = set()

    def send(self, request, **options):
        address = urlsplit(request.url)
        self.asked.add(address.hostname)
        response = requests.Response()
        response.status_code, response.url, response.request = 200, request.url, request
        response.raw = io.BytesIO(b"" if request.method == "HEAD" else PICTURE)
        if address.hostname == "images.example" and address.path == "/go":
            response.status_code = 302
            response.headers["Location"] = parse_qs(address.query)["to"][0]
        return response

    def close(self):
        pass


def preview_with(fetch):
    network = Network()
    app = Flask(__name__)

    @app.post("/preview")
    def preview():
        url = request.form["url"]
        if urlsplit(url)[:2] != ("https", "images.example"):
            abort(400)
        with requests.Session() as session:
            session.mount("https://", network)
            session.mount("http://", network)
            picture = fetch(session, url)
        return picture.content, {"Content-Type": "image/png"}

    app.logger.disabled = True
    client = app.test_client()
    shown = client.post("/preview", data={"url": "https://images.example/cat.png"}).data == PICTURE
    for target in TARGETS:
        url = requests.Request("GET", "https://images.example/go", params={"to": target}).prepare().url
        client.post("/preview", data={"url": url})
    return shown, network.asked - {"images.example"}


def elsewhere(url):
    return urlsplit(url)[:2] != ("https", "images.example")


def final_address():
    def fetch(session, url):
        picture = session.get(url)
        if elsewhere(picture.url):
            abort(400)
        return picture

    return preview_with(fetch), RIGHT


def not_followed():
    def fetch(session, url):
        picture = session.get(url, allow_redirects=False)
        if picture.status_code != 200:
            abort(400)
        return picture

    return preview_with(fetch), RIGHT


def history():
    def fetch(session, url):
        picture = session.get(url)
        if any(elsewhere(answer.url) for answer in picture.history):
            abort(400)
        return picture

    return preview_with(fetch), RIGHT


def head_first():
    def fetch(session, url):
        if session.head(url, allow_redirects=True).url != url:
            abort(400)
        return session.get(url)

    return preview_with(fetch), RIGHT


def https_alone():
    def fetch(session, url):
        session.adapters.pop("http://")
        return session.get(url)

    return preview_with(fetch), RIGHT


def one_redirect():
    def fetch(session, url):
        session.max_redirects = 1
        try:
            return session.get(url)
        except requests.TooManyRedirects:
            abort(400)

    return preview_with(fetch), RIGHT
