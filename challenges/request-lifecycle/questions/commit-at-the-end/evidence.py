"""Which orders are kept: pairs (names in the table, claimed names)."""

import logging
import sqlite3
import tempfile
from pathlib import Path

from flask import Flask, abort, g


class OutOfStock(Exception):
    pass


def kept():
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "shop.db"
        with sqlite3.connect(database) as made:
            made.execute("CREATE TABLE orders (name TEXT)")
        made.close()
        app = Flask(__name__)

        @app.before_request
        def begin():
            g.db = sqlite3.connect(database)

        @app.teardown_request
        def end(error):
            if error is None:
                g.db.commit()
            g.db.close()

        @app.errorhandler(OutOfStock)
        def out_of_stock(error):
            return {"error": "out of stock"}, 409

        @app.post("/orders/<case>")
        def order(case):
            g.db.execute("INSERT INTO orders (name) VALUES (?)", [case])
            if case == "handled":
                raise OutOfStock
            if case == "aborted":
                abort(400)
            return {"ok": 1 / 0}

        for case in ("handled", "aborted", "crashed"):
            app.test_client().post(f"/orders/{case}")
        seen = sqlite3.connect(database)
        names = [name for (name,) in seen.execute("SELECT name FROM orders ORDER BY rowid")]
        seen.close()
        return names


def none_kept():
    return kept(), []


def handled_kept():
    return kept(), ["handled"]


def handled_lost():
    return kept(), ["aborted", "crashed"]


def aborted_lost():
    return kept(), ["handled", "crashed"]


def settled_kept():
    return kept(), ["handled", "aborted"]


def all_kept():
    return kept(), ["handled", "aborted", "crashed"]
