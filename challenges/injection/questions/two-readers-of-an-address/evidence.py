"""Whether the server looks for evil.example: pairs of yes or no. No name is really looked up."""

import socket
from unittest import mock
from urllib.parse import urlsplit

import requests
from flask import Flask, abort, request


def asks_evil(url):
    asked = []

    def getaddrinfo(host, *more, **options):
        asked.append(host)
        raise socket.gaierror

    app = Flask(__name__)

    @app.post("/preview")
    def preview():
        url = request.form["url"]
        if urlsplit(url).hostname != "images.example":
            abort(400)
        picture = requests.get(url)
        return picture.content, {"Content-Type": "image/png"}

    app.logger.disabled = True
    with mock.patch("socket.getaddrinfo", getaddrinfo), mock.patch.dict("os.environ", {"NO_PROXY": "*"}):
        app.test_client().post("/preview", data={"url": url})
    return "evil.example" in asked


def user_name():
    return asks_evil("http://images.example@evil.example/"), True


def user_is_evil():
    return asks_evil("http://evil.example@images.example/"), True


def encoded():
    return asks_evil("http://evil.example%2F@images.example/"), True


def fragment():
    return asks_evil("http://evil.example#@images.example/"), True


def backslash_before():
    return asks_evil("http://evil.example\\@images.example/"), True


def backslash_behind():
    return asks_evil("http://images.example\\@evil.example/"), True
