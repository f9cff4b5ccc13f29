"""With each change: (two clients have three votes each, somebody gets more by headers of their own)."""

from secrets import token_hex

from flask import Flask, request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.middleware.proxy_fix import ProxyFix

CLAIMED = (True, False)
ADA, BEN, EVE = "198.51.100.1", "198.51.100.2", "198.51.100.3"


def outcome(key=get_remote_address, proxies=0):
    app = Flask(__name__)
    app.secret_key = "evidence"
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies)
    limiter = Limiter(key, app=app, storage_uri="memory://")

    @app.post("/vote")
    @limiter.limit("3 per day")
    def vote():
        return "", 204

    def votes(browser, address, made_up=lambda n: {}):
        accepted = 0
        for n in range(6):
            sent = made_up(n)
            before = sent.pop("X-Forwarded-For", None)
            sent["X-Forwarded-For"] = f"{before}, {address}" if before else address  # what nginx does
            answer = browser.post("/vote", headers=sent, environ_base={"REMOTE_ADDR": "127.0.0.1"})
            accepted += answer.status_code == 204
        return accepted

    fair = [votes(app.test_client(), ADA), votes(app.test_client(), BEN)] == [3, 3]

    def forged(n):
        return {"X-Forwarded-For": f"203.0.113.{n}", "X-Real-IP": f"203.0.113.{n}"}

    return fair, votes(app.test_client(use_cookies=False), EVE, forged) > 3


def two_proxies():
    return outcome(proxies=2), CLAIMED


def first_of_route():
    return outcome(lambda: request.access_route[0]), CLAIMED


def whole_header():
    return outcome(lambda: request.headers["X-Forwarded-For"]), CLAIMED


def real_ip():
    return outcome(lambda: request.headers.get("X-Real-IP", "")), CLAIMED


def cookie():
    return outcome(lambda: session.setdefault("id", token_hex())), CLAIMED


def one_proxy():
    return outcome(proxies=1), CLAIMED
