"""Around the whole app: the request's id, and the line that tells how it was answered."""

import logging
import secrets
import string

from meteors.logs import request_id

log = logging.getLogger(__name__)
ALLOWED = set(string.ascii_letters + string.digits + "-")


class Noting:
    def __init__(self, inner):
        self.inner = inner

    def __call__(self, environ, start_response):
        sent = environ.get("HTTP_X_REQUEST_ID", "")
        own = sent if 8 <= len(sent) <= 64 and set(sent) <= ALLOWED else secrets.token_hex(16)
        token = request_id.set(own)

        def start(status, headers, *rest):
            told = {"method": environ["REQUEST_METHOD"], "path": environ["PATH_INFO"], "status": int(status[:3])}
            log.info("request", extra=told)
            return start_response(status, [*headers, ("X-Request-ID", own)], *rest)

        try:
            return self.inner(environ, start)
        finally:
            request_id.reset(token)
