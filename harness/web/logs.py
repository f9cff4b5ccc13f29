"""Each request has an id, and one line in the log."""

from __future__ import annotations

import logging
import re
import time
from typing import TYPE_CHECKING
from uuid import uuid4

from flask import g, request

from harness.web.metrics import REQUESTS

if TYPE_CHECKING:
    from flask import Flask, Response

HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"[A-Za-z0-9-]{8,64}", re.ASCII)
log = logging.getLogger("harness.web")


def init_app(app: Flask) -> None:
    """Gives each request an id, the client's if it is well-formed, and logs each with its status and duration."""

    @app.before_request
    def begin() -> None:
        sent = request.headers.get(HEADER, "")
        g.request_id = sent if WELL_FORMED.fullmatch(sent) else uuid4().hex
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        response.headers[HEADER] = g.request_id
        if request.endpoint and request.endpoint.endswith("static"):
            return response
        seconds = time.perf_counter() - g.began
        REQUESTS.labels(request.method, request.endpoint or "", response.status_code).observe(seconds)
        log.info(
            "request",
            extra={
                "method": request.method,
                "route": request.url_rule.rule if request.url_rule else None,  # a path may hold a token
                "status": response.status_code,
                "seconds": round(seconds, 4),
            },
        )
        return response
