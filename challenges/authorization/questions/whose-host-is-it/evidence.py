"""With each configuration: (the link in a user's answer, all requests for other hosts are answered with 400)."""

from flask import Flask, url_for
from werkzeug.middleware.proxy_fix import ProxyFix

CLAIMED = ("https://shop.example/", True)
NONE = {"x_for": 0, "x_proto": 0, "x_host": 0, "x_prefix": 0, "x_port": 0}


def outcome(proxy=None, **config):
    app = Flask(__name__)
    app.config.update(config)
    if proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app, **(NONE | proxy))

    @app.get("/")
    def index():
        return url_for("index", _external=True)

    client = app.test_client()

    def through_nginx(host, **sent):
        headers = {name.replace("_", "-"): value for name, value in sent.items()}
        before = headers.pop("X-Forwarded-For", None)
        headers["X-Forwarded-For"] = f"{before}, 198.51.100.1" if before else "198.51.100.1"
        headers["X-Forwarded-Proto"] = "https"
        headers["Host"] = host
        return client.get("/", base_url="http://127.0.0.1:8000", headers=headers)

    foreign = [
        through_nginx("evil.example"),
        through_nginx("evil.example", X_Forwarded_Host="shop.example"),
        through_nginx("evil.example", X_Forwarded_Host="evil.example"),
        through_nginx("evil.example", X_Forwarded_For="127.0.0.1"),
    ]
    return through_nginx("shop.example").text, {answer.status_code for answer in foreign} == {400}


def host_and_trusted():
    return outcome({"x_for": 1, "x_proto": 1, "x_host": 1}, TRUSTED_HOSTS=["shop.example"]), CLAIMED


def host_and_name():
    return outcome({"x_for": 1, "x_proto": 1, "x_host": 1}, SERVER_NAME="shop.example"), CLAIMED


def proto_and_trusted():
    return outcome({"x_for": 1, "x_proto": 1}, TRUSTED_HOSTS=["shop.example"]), CLAIMED


def proto_and_name():
    return outcome({"x_for": 1, "x_proto": 1}, SERVER_NAME="shop.example"), CLAIMED


def scheme_and_trusted():
    return outcome(PREFERRED_URL_SCHEME="https", TRUSTED_HOSTS=["shop.example"]), CLAIMED


def host_alone():
    return outcome({"x_for": 1, "x_proto": 1, "x_host": 1}, PREFERRED_URL_SCHEME="https"), CLAIMED
