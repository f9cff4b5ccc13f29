"""How the two hosts answer: pairs (observed, claimed)."""

import warnings

from flask import Blueprint, Flask

CLAIMED = (200, 404)  # what every option claims


def statuses(server_name=None, **options):
    warnings.simplefilter("ignore")
    api = Blueprint("api", __name__, subdomain="api")

    @api.get("/books")
    def books():
        return ["Dune"]

    app = Flask(__name__, **options)
    if server_name:
        app.config["SERVER_NAME"] = server_name
    app.register_blueprint(api)
    client = app.test_client()
    hosts = ("http://api.shop.example", "http://shop.example")
    return tuple(client.get("/books", base_url=host).status_code for host in hosts)


def matching_and_domain():
    return statuses("shop.example", subdomain_matching=True), CLAIMED


def nothing():
    return statuses(), CLAIMED


def domain_only():
    return statuses("shop.example"), CLAIMED


def matching_only():
    return statuses(subdomain_matching=True), CLAIMED


def matching_and_host():
    return statuses("api.shop.example", subdomain_matching=True), CLAIMED


def api_domain_only():
    return statuses("api.shop.example"), CLAIMED
