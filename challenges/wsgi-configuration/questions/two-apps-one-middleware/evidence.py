"""What the two views of the stem return for each assignment: pairs of what was seen and what is wanted."""

import functools

from flask import Flask, request, url_for
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.test import Client

trust = functools.partial(ProxyFix, x_for=1, x_prefix=1)


def make(path):
    app = Flask(__name__)

    @app.get(path)
    def view():
        return f"{request.remote_addr} {url_for('view')}"

    return app


shop, admin = make("/cart"), make("/log")
WANTED = ["203.0.113.9 /store/cart", "203.0.113.9 /store/admin/log"]


def answers(application):
    """Asks as nginx does, with `/store` cut off."""
    headers = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Prefix": "/store"}
    client = Client(application)
    nginx = {"REMOTE_ADDR": "172.18.0.5"}
    responses = [client.get(path, headers=headers, environ_base=nginx) for path in ("/cart", "/admin/log")]
    return [response.text if response.status_code == 200 else response.status_code for response in responses]


def around_the_main_app():
    return answers(DispatcherMiddleware(trust(shop), {"/admin": admin})), WANTED


def around_both_apps():
    return answers(DispatcherMiddleware(trust(shop), {"/admin": trust(admin)})), WANTED


def longer_mount():
    return answers(DispatcherMiddleware(trust(shop), {"/store/admin": admin})), WANTED


def in_front():
    return answers(trust(DispatcherMiddleware(shop, {"/admin": admin}))), WANTED


def twice():
    return answers(trust(DispatcherMiddleware(shop, {"/admin": trust(admin)}))), WANTED


def dispatcher_inside():
    return answers(DispatcherMiddleware(shop, {"/admin": trust(admin)})), WANTED
