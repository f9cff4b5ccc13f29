"""What the collector keeps of each call: pairs (observed, claimed)."""

import io
import json
import logging

from flask import Flask


def kept(call):
    """The lines that are written, and those of them that are JSON documents."""
    app = Flask(__name__)
    app.logger.handlers.clear()
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter('{"level": "%(levelname)s", "text": "%(message)s"}'))
    app.logger.addHandler(handler)
    try:
        {}["sku"]
    except KeyError:
        call(app.logger)
    lines = stream.getvalue().splitlines()
    documents = []
    for line in lines:
        try:
            documents.append(json.loads(line)["level"])
        except ValueError:
            continue
    return len(lines), documents


CLAIMED = (1, ["ERROR"])


def dumped():
    return kept(lambda logger: logger.error(json.dumps({"sku": 7}))), CLAIMED


def title():
    return kept(lambda logger: logger.error('"%s" is sold out', "Emma")), CLAIMED


def dictionary():
    return kept(lambda logger: logger.error("left over: %s", {"sku": 7})), CLAIMED


def two_lines():
    return kept(lambda logger: logger.error("no stock\nfor: %s", 7)), CLAIMED


def backslash():
    return kept(lambda logger: logger.error("no file %s", "C:\\data")), CLAIMED


def traceback():
    return kept(lambda logger: logger.error("no stock", exc_info=True)), CLAIMED
