"""What the probe and the tenant get after each change."""

import warnings

from flask import Flask
from werkzeug.test import Client

CLAIMED = ("ok", "shop of ada")


def answers(subdomain_matching=True, probe="10.0.0.5", host=None, **config):
    app = Flask(__name__, subdomain_matching=subdomain_matching)
    app.config.from_mapping({"SERVER_NAME": "shop.example"} | config)

    @app.get("/health")
    def health():
        return "ok"

    if host:
        app.add_url_rule("/health", view_func=health, host=host)

    @app.get("/", subdomain="<tenant>")
    def home(tenant):
        return f"shop of {tenant}"

    client = Client(app)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Werkzeug warns of a host that is not under SERVER_NAME
        responses = (
            client.get("/health", base_url=f"http://{probe}/"),
            client.get("/", base_url="http://ada.shop.example/"),
        )
    return tuple(response.text if response.status_code == 200 else response.status_code for response in responses)


def trust():
    return answers(TRUSTED_HOSTS=["10.0.0.5", ".shop.example"]), CLAIMED


def send_host():
    return answers(probe="shop.example"), CLAIMED


def address_as_name():
    return answers(SERVER_NAME="10.0.0.5"), CLAIMED


def no_name():
    return answers(SERVER_NAME=None), CLAIMED


def no_matching():
    return answers(subdomain_matching=False), CLAIMED


def host_option():
    return answers(host="10.0.0.5"), CLAIMED
