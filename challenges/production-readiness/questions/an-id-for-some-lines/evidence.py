"""What comes of the two calls: pairs (observed, claimed)."""

import contextlib
import io
import logging

from flask import Flask, g


class RequestId(logging.Filter):
    def filter(self, record):
        record.request_id = g.get("request_id", "-") if g else "-"
        return True


def outcome():
    """(status, lines on the standard output, whether the error stream tells of a failure)."""
    out, err = io.StringIO(), io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(logging.Formatter("%(request_id)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.addFilter(RequestId())
    app = Flask(__name__)

    @app.before_request
    def set_id():
        g.request_id = "r1"

    @app.get("/")
    def index():
        app.logger.warning("stock is low")
        logging.warning("supplier is slow")
        return "ok"

    with contextlib.redirect_stderr(err):
        status = app.test_client().get("/").status_code
    return status, out.getvalue().splitlines(), "Logging error" in err.getvalue()


def both():
    return outcome(), (200, ["r1 stock is low", "r1 supplier is slow"], False)


def empty():
    return outcome(), (200, [" stock is low", "r1 supplier is slow"], False)


def raises():
    status, _, _ = outcome()
    return status, 500


def root_only():
    return outcome(), (200, ["r1 supplier is slow"], True)


def app_only():
    _, lines, _ = outcome()
    return lines, ["r1 stock is low"]


def dropped():
    return outcome(), (200, ["r1 supplier is slow"], False)
