"""What each change writes: pairs (observed, claimed)."""

import io
import logging
import sys
from logging.config import dictConfig

from flask import Flask

CONFIG = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"short": {"format": "%(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "short"}},
    "root": {"level": "INFO", "handlers": ["console"]},
}


def written(config=CONFIG, after=lambda app: None, first=False):
    """The lines of a warning of the app, and those of one of a library."""
    stream, sys.stderr = sys.stderr, io.StringIO()
    try:
        library = logging.getLogger("library")
        if first:
            dictConfig(config)
        app = Flask("shop")
        app.logger.warning("starting")
        if not first:
            dictConfig(config)
        after(app)
        sys.stderr.seek(0)
        sys.stderr.truncate()
        app.logger.warning("stock is low")
        own = sys.stderr.getvalue().splitlines()
        library.warning("slow")
        return own, sys.stderr.getvalue().splitlines()[len(own) :]
    finally:
        sys.stderr = stream


CLAIMED = (["shop stock is low"], ["library slow"])


def no_propagation():
    return written(after=lambda app: setattr(app.logger, "propagate", False)), CLAIMED


def disable_existing():
    return written(CONFIG | {"disable_existing_loggers": True}), CLAIMED


def configure_again():
    return written(after=lambda app: dictConfig(CONFIG)), CLAIMED


def level_of_handler():
    console = {"class": "logging.StreamHandler", "formatter": "short", "level": "WARNING"}
    return written(CONFIG | {"handlers": {"console": console}}), CLAIMED


def level_of_logger():
    return written(after=lambda app: app.logger.setLevel("INFO")), CLAIMED


def configure_first():
    return written(first=True), CLAIMED
