"""An id for each request, from the client where that is well-formed."""

import re
import uuid

from flask import g, has_request_context, request

WELL_FORMED = re.compile(r"[A-Za-z0-9-]{8,64}")


def current():
    """The id of the running request; None outside of one."""
    if not has_request_context():
        return None
    if "request_id" not in g:
        sent = request.headers.get("X-Request-ID", "")
        g.request_id = sent if WELL_FORMED.fullmatch(sent) else str(uuid.uuid4())
    return g.request_id


def init_app(app):
    @app.after_request
    def answer_with_it(response):
        response.headers["X-Request-ID"] = current()
        return response
