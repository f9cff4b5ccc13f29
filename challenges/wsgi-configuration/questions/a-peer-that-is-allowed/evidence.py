"""What the view of the stem returns before and after the change, by gunicorn's own parser: pairs of (before, after)."""

import os
import socket

from flask import Flask, request
from gunicorn.config import Config
from gunicorn.http import get_parser
from gunicorn.http.wsgi import create
from werkzeug.test import run_wsgi_app

REQUEST = b"""GET /whoami HTTP/1.1
Host: shop.example
X-Forwarded-For: 203.0.113.9
X-Forwarded-Proto: https

""".replace(b"\n", b"\r\n")
NGINX = ("172.18.0.5", 40000)


def whoami(**settings):
    app = Flask(__name__)

    @app.get("/whoami")
    def view():
        return f"{request.scheme} {request.remote_addr}"

    cfg = Config()
    for name, value in settings.items():
        cfg.set(name, value)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(REQUEST)
        parsed = next(get_parser(cfg, ours, NGINX))
        _, environ = create(parsed, ours, NGINX, ("172.18.0.6", 8000), cfg)
        body, status, _ = run_wsgi_app(app, environ)
        return b"".join(body).decode() if status == "200 OK" else status


def both():
    assert "FORWARDED_ALLOW_IPS" not in os.environ
    return whoami(), whoami(forwarded_allow_ips="172.18.0.5")


def scheme_alone():
    return both(), ("http 172.18.0.5", "https 172.18.0.5")


def address_always():
    return both(), ("http 203.0.113.9", "https 203.0.113.9")


def scheme_and_address():
    return both(), ("http 172.18.0.5", "https 203.0.113.9")


def trusted_by_default():
    return both(), ("https 172.18.0.5", "https 203.0.113.9")


def middleware_only():
    return both(), ("http 172.18.0.5", "http 172.18.0.5")


def refused_at_first():
    return both(), ("403 Forbidden", "https 203.0.113.9")
