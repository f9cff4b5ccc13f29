"""What `remote_addr` says for both people of the stem: pairs of (Ada, Eve)."""

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

NETWORK, NGINX = "192.0.2.10", "172.18.0.5"


def seen(client, *machines):
    """Sends the forged header through these machines; each appends the address that it was called from."""
    app = Flask(__name__)
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=2)

    @app.get("/")
    def index():
        return request.remote_addr

    values, caller = ["10.0.0.8"], client
    for machine in machines:
        values.append(caller)
        caller = machine
    environ = {"REMOTE_ADDR": caller}
    return app.test_client().get("/", headers={"X-Forwarded-For": ", ".join(values)}, environ_base=environ).text


def both():
    return seen("203.0.113.9", NETWORK, NGINX), seen("198.51.100.66", NGINX)


def both_real():
    return both(), ("203.0.113.9", "198.51.100.66")


def eve_forged():
    return both(), ("203.0.113.9", "10.0.0.8")


def both_forged():
    return both(), ("10.0.0.8", "10.0.0.8")


def last():
    return both(), ("192.0.2.10", "198.51.100.66")


def ada_forged():
    return both(), ("10.0.0.8", "198.51.100.66")


def too_short():
    return both(), ("203.0.113.9", NGINX)
