"""What happens: pairs of (status, type of the exception, whether hook and view ran in one thread)."""

import logging
import sqlite3
import tempfile
import threading
from pathlib import Path

from flask import Flask, g


def happened():
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "shop.db"
        made = sqlite3.connect(database)
        made.execute("CREATE TABLE orders (id INTEGER)")
        made.execute("INSERT INTO orders VALUES (7)")
        made.commit()
        made.close()
        app = Flask(__name__)
        threads, errors = [], [None]

        @app.errorhandler(500)
        def keep(error):
            errors.append(type(error.original_exception))
            return error

        @app.before_request
        def connect():
            threads.append(threading.get_ident())
            g.db = sqlite3.connect(database)

        @app.get("/orders")
        async def orders():
            threads.append(threading.get_ident())
            rows = g.db.execute("SELECT id FROM orders").fetchall()
            return [number for (number,) in rows]

        status = app.test_client().get("/orders").status_code
        return status, errors[-1], threads[0] == threads[1]


def other_thread():
    return happened(), (500, sqlite3.ProgrammingError, False)


def other_g():
    return happened()[:2], (500, AttributeError)


def no_context():
    return happened()[:2], (500, RuntimeError)


def blocking():
    return happened()[:2], (500, RuntimeError)


def same_thread():
    return happened(), (200, None, True)


def handed_over():
    return happened(), (200, None, False)
