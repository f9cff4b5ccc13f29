"""An id for each request, from the client where it has one."""

import uuid

from flask import g, has_request_context, request


def current():
    """The id of the running request; None outside of one."""
    if not has_request_context():
        return None
    if "request_id" not in g:
        g.request_id = request.headers.get("X-Request-ID") or str(uuid.uuid4())
    return g.request_id


def init_app(app):
    @app.after_request
    def answer_with_it(response):
        response.headers["X-Request-ID"] = current()
        return response
