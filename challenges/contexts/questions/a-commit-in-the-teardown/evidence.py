"""The status and the lines left in the database after each change: pairs (observed, claimed)."""

import sqlite3
import sys
import tempfile
from pathlib import Path

from flask import Flask, abort, g, request

CLAIMED = (409, [])


class OutOfStock(Exception):
    pass


def respond(error):
    return {"error": "out of stock"}, 409


def order(
    teardown="teardown_appcontext", unharmed=lambda error: error is None, refuse=None, handler=respond, config=None
):
    """`unharmed` says when `finish` commits; None stands for: the view commits."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "shop.db")
        with sqlite3.connect(path) as db:
            db.execute("create table line (item text)")
        db.close()
        app = Flask(__name__)
        app.config.update(config or {})

        def get_db():
            if "db" not in g:
                g.db = sqlite3.connect(path)
            return g.db

        @getattr(app, teardown)
        def finish(error):
            db = g.pop("db", None)
            if db is not None:
                if unharmed and unharmed(error):
                    db.commit()
                db.close()

        if handler:
            app.register_error_handler(OutOfStock, handler)

        def take_from_stock(db, item):
            if item == "lamp":
                if refuse:
                    refuse()
                raise OutOfStock

        @app.post("/orders")
        def order():
            for item in request.json:
                get_db().execute("insert into line values (?)", [item])
                take_from_stock(get_db(), item)
            if not unharmed:
                get_db().commit()
            return "", 201

        client = app.test_client()
        status = client.post("/orders", json=["book", "lamp"]).status_code
        client.post("/orders", json=["good"])  # an order that succeeds has to stay
        db = sqlite3.connect(path)
        lines = [item for (item,) in db.execute("select item from line")]
        db.close()
        if "good" not in lines:
            return status, "the next order is lost"
        return status, [item for item in lines if item != "good"]


def in_the_view():
    return order(unharmed=None), CLAIMED


def teardown_request():
    return order(teardown="teardown_request"), CLAIMED


def exc_info():
    return order(unharmed=lambda error: sys.exc_info()[1] is None), CLAIMED


def use_abort():
    return order(refuse=lambda: abort(409), handler=None), CLAIMED


def reraise():
    def handler(error):
        raise error

    return order(handler=handler), CLAIMED


def propagate():
    return order(config={"PROPAGATE_EXCEPTIONS": True}), CLAIMED
