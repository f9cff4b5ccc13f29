"""Whether an honest customer is reached, and to which internal addresses a connection is opened: pairs of both.

Name servers and connections are replaced: nothing leaves the process. Mallory's answers change after some number of
look-ups, whatever the number.
"""

import socket
from ipaddress import ip_address
from unittest import mock
from urllib.parse import urlsplit

import requests
from flask import Flask, abort, request

PUBLIC, HONEST, INTERNAL = "93.184.215.14", "93.184.215.99", "10.0.0.1"
RIGHT = (True, set())


def posted(hook):
    app = Flask(__name__)

    def address_of(host):
        address = socket.gethostbyname(host)
        if not ip_address(address).is_global:
            abort(400)
        return address

    @app.post("/hooks/test")
    def test_hook():
        hook(address_of, urlsplit(request.form["url"]))
        return "", 204

    app.logger.disabled = True

    def connected(host, turn=0, tests=1):
        """Where connections are opened to, if the name moves inside after so many look-ups."""
        looked_up, opened = [], set()

        def answer(name):
            try:
                return str(ip_address(name))
            except ValueError:
                looked_up.append(name)
            if name == "honest.example":
                return HONEST
            return PUBLIC if len(looked_up) <= turn else INTERNAL

        def getaddrinfo(name, port, *more, **options):
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answer(name), port))]

        class Socket:
            def __init__(self, *arguments):
                pass

            def connect(self, address):
                opened.add(address[0])
                raise ConnectionRefusedError

            def __getattr__(self, name):
                return lambda *arguments: None

        client = app.test_client()
        with (
            mock.patch("socket.gethostbyname", answer),
            mock.patch("socket.getaddrinfo", getaddrinfo),
            mock.patch("socket.socket", Socket),
            mock.patch.dict("os.environ", {"NO_PROXY": "*"}),
        ):
            for _ in range(tests):
                client.post("/hooks/test", data={"url": f"http://{host}/hook"})
        return opened

    honest = connected("honest.example") == {HONEST}
    internal = set()
    for turn in range(5):
        internal |= connected("hook.example", turn, tests=2) - {PUBLIC}
    return honest, internal


def send(url):
    requests.post(f"http://{url.hostname}{url.path}")


def again():
    def hook(address_of, url):
        address_of(url.hostname)
        address_of(url.hostname)
        send(url)

    return posted(hook), RIGHT


def kept():
    passed = set()

    def hook(address_of, url):
        if url.hostname not in passed:
            address_of(url.hostname)
            passed.add(url.hostname)
        send(url)

    return posted(hook), RIGHT


def pinned():
    def hook(address_of, url):
        address = address_of(url.hostname)
        requests.post(f"http://{address}{url.path}", headers={"Host": url.hostname})

    return posted(hook), RIGHT


def by_name():
    def hook(address_of, url):
        try:
            ip_address(url.hostname)
        except ValueError:
            address_of(url.hostname)
            send(url)
        else:
            abort(400)

    return posted(hook), RIGHT


def afterwards():
    def hook(address_of, url):
        address_of(url.hostname)
        try:
            send(url)
        finally:
            address_of(url.hostname)

    return posted(hook), RIGHT


def public_suffix():
    def hook(address_of, url):
        if url.hostname == "localhost" or url.hostname.endswith((".internal", ".local")):
            abort(400)
        address_of(url.hostname)
        send(url)

    return posted(hook), RIGHT
