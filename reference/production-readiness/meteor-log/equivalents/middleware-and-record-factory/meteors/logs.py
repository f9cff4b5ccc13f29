"""JSON lines: the record factory gives each record its request's id, wherever it was logged."""

import json
import logging.config
from contextvars import ContextVar

request_id = ContextVar("request_id", default="")
EXTRA = ("method", "path", "status")


def make_record(*args, **kwargs):
    record = logging.LogRecord(*args, **kwargs)
    record.request_id = request_id.get()
    return record


class Lines(logging.Formatter):
    def format(self, record):
        record.message = record.getMessage()
        names = ("message", "request_id", *EXTRA)
        line = {"level": record.levelname} | {name: getattr(record, name, None) for name in names}
        line["traceback"] = self.formatException(record.exc_info) if record.exc_info else None
        return json.dumps(line, ensure_ascii=False)


def set_up():
    logging.setLogRecordFactory(make_record)
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"lines": {"()": Lines}},
            "handlers": {"out": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "lines"}},
            "root": {"handlers": ["out"], "level": "INFO"},
        }
    )
