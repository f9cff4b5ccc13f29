import json
import logging
import traceback

from flask import g, has_app_context


class JSONLinesHandler(logging.Handler):
    """Prints each record as a line."""

    def emit(self, record):
        line = {"level": record.levelname, "message": record.getMessage(), **getattr(record, "also", {})}
        if has_app_context() and "request_id" in g:
            line["request_id"] = g.request_id
        if record.exc_info:
            line["traceback"] = "".join(traceback.format_exception(*record.exc_info))
        print(json.dumps(line), flush=True)


def set_up():
    logging.basicConfig(level="INFO", handlers=[JSONLinesHandler()], force=True)
