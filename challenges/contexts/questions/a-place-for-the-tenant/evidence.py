"""What one thread answers to a request without the header after one with it: pairs (observed, claimed)."""

import threading
from contextvars import ContextVar

from flask import Flask, current_app, g, request, session
from werkzeug.local import Local


def second(keep, kept):
    app = Flask(__name__)
    app.secret_key = "for this run only"

    @app.before_request
    def find_tenant():
        if "X-Tenant" in request.headers:
            keep(request.headers["X-Tenant"])

    @app.get("/")
    def index():
        return kept() or "none"

    client = app.test_client()
    client.get("/", headers={"X-Tenant": "acme"})
    return client.get("/").text


def in_g():
    return second(lambda name: setattr(g, "tenant", name), lambda: g.get("tenant")), "none"


def thread_local():
    local = threading.local()
    return second(lambda name: setattr(local, "tenant", name), lambda: getattr(local, "tenant", None)), "none"


def context_var():
    tenant = ContextVar("tenant", default=None)
    return second(tenant.set, tenant.get), "none"


def in_session():
    return second(lambda name: session.update(tenant=name), lambda: session.get("tenant")), "none"


def in_app():
    return second(
        lambda name: setattr(current_app, "tenant", name), lambda: getattr(current_app, "tenant", None)
    ), "none"


def werkzeug_local():
    local = Local()
    return second(lambda name: setattr(local, "tenant", name), lambda: getattr(local, "tenant", None)), "none"
