"""Whether each name is written as one line that shows it: pairs of yes or no, by name."""

import io
import logging

from flask import Flask
from markupsafe import escape

NAMES = ["bob", "bob\nlogin of admin accepted", "bob\rx", "bob\x0cx", "bob\u2028x", "bob\r\nx"]
ONE_LINE = dict.fromkeys(NAMES, True)


def written(call):
    app = Flask(__name__)
    seen = {}
    for name in NAMES:
        stream = io.StringIO()
        handler = logging.StreamHandler(stream)
        app.logger.addHandler(handler)
        call(app.logger.warning, name)
        app.logger.removeHandler(handler)
        lines = stream.getvalue().splitlines()
        seen[name] = len(lines) == 1 and "bob" in lines[0]
    return seen


def quoted():
    return written(lambda warning, name: warning("failed login of %r", name)), ONE_LINE


def argument():
    return written(lambda warning, name: warning("failed login of %s", name)), ONE_LINE


def html():
    return written(lambda warning, name: warning("failed login of %s", escape(name))), ONE_LINE


def stripped():
    return written(lambda warning, name: warning("failed login of %s", name.strip())), ONE_LINE


def replaced():
    return written(lambda warning, name: warning("failed login of %s", name.replace("\n", ""))), ONE_LINE


def shortened():
    return written(lambda warning, name: warning("failed login of %.20s", name)), ONE_LINE
