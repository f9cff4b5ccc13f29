"""Where log records go: all of them to standard output, as one JSON object a line."""

import logging
import sys

from flask import g, has_request_context

LINE = '"time": "%(asctime)s", "level": "%(levelname)s", "message": "%(message)s"'


class JsonFormatter(logging.Formatter):
    def format(self, record):
        template = LINE
        if has_request_context() and "request_id" in g:
            record.request_id = g.request_id
            template += ', "request_id": "%(request_id)s"'
        if hasattr(record, "status"):
            template += ', "method": "%(method)s", "path": "%(path)s", "status": %(status)d'
        if record.exc_info:
            record.traceback = self.formatException(record.exc_info)
            template += ', "traceback": "%(traceback)s"'
        record.message = record.getMessage()
        record.asctime = self.formatTime(record)
        return "{" + template % record.__dict__ + "}"


def set_up():
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    logging.captureWarnings(True)
    # The development server would log each request once more, with its query string.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
