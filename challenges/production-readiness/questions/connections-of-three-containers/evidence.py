"""How many connections the app of the stem opens: pairs (observed, claimed)."""

import tempfile

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import QueuePool

WORKERS, THREADS = 3 * 4, 20


def opened():
    """The connections that twenty threads of one worker can hold at a time, times the workers.

    The pool is the one that PostgreSQL's dialect has by default, with the default sizes.
    """
    with tempfile.TemporaryDirectory() as folder:
        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/shop.sqlite"
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"poolclass": QueuePool, "pool_timeout": 0.05}
        db = SQLAlchemy(app)
        held = []
        with app.app_context():
            for _ in range(THREADS):
                try:
                    held.append(db.engine.connect())
                except PoolTimeoutError:
                    break
            for connection in held:
                connection.close()
            db.engine.dispose()
    return WORKERS * len(held)


def per_worker_size():
    return opened(), 60


def per_app():
    return opened(), 15


def per_thread():
    return opened(), 240


def per_worker():
    return opened(), 180


def per_container():
    return opened(), 45


def workers():
    return opened(), 12
