"""How two forms with a valid token are answered behind the proxy: one of the shop's own, one with a foreign Referer."""

import re
import secrets

from flask import Flask, render_template_string
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

CLAIMED = (200, 400)  # every option claims that the own form is taken and the other one refused


def answers(config=None, referer="https://shop.example/form", **proxies):
    app = Flask(__name__)
    app.config["SECRET_KEY"] = secrets.token_hex()
    app.config.update(config or {})
    app.wsgi_app = ProxyFix(app.wsgi_app, **({"x_for": 0, "x_proto": 1} | proxies))
    CSRFProtect(app)

    @app.get("/form")
    def form():
        return render_template_string('<input type="hidden" name="csrf_token" value="{{ csrf_token() }}">')

    @app.post("/form")
    def take():
        return "accepted"

    nginx = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "shop.example"}
    browser = app.test_client(use_cookies=False)  # its cookies are for shop.example, whatever nginx asks the app for
    page = browser.get("/form", base_url="http://app:8000", headers=nginx)
    cookie = page.headers["Set-Cookie"].partition(";")[0]
    token = re.search(r'value="([^"]+)"', page.text)[1]
    return tuple(
        browser.post(
            "/form",
            base_url="http://app:8000",
            data={"csrf_token": token},
            headers=nginx | {"Cookie": cookie, "Referer": source},
        ).status_code
        for source in (referer, "https://evil.example/")
    )


def server_name():
    return answers({"SERVER_NAME": "shop.example"}), CLAIMED


def preferred_scheme():
    return answers({"PREFERRED_URL_SCHEME": "https"}), CLAIMED


def not_strict():
    return answers({"WTF_CSRF_SSL_STRICT": False}), CLAIMED


def no_proto():
    return answers(x_proto=0), CLAIMED


def origin_policy():
    return answers(referer="https://shop.example/"), CLAIMED


def x_host():
    return answers(x_host=1), CLAIMED
