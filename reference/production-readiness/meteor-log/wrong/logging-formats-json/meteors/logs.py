"""Where log records go: all of them to standard output, as one JSON object per line."""

import logging
import sys

from meteors import request_ids

FORMAT = (
    '{"time": "%(asctime)s", "level": "%(levelname)s", "message": "%(message)s", "request_id": "%(request_id)s", '
    '"method": "%(method)s", "path": "%(path)s", "status": %(status)s}'
)
NOTHING = {"method": "", "path": "", "status": "null"}


def add_fields(record):
    record.request_id = request_ids.current()
    record.__dict__.update(getattr(record, "fields", {}))
    return True


def set_up():
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter(FORMAT, defaults=NOTHING))
    handler.addFilter(add_fields)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
