"""How often the command connects and closes: pairs (observed, claimed)."""

import sqlite3

from flask import Flask, g


def counts():
    app = Flask(__name__)
    calls = []

    class Connection(sqlite3.Connection):
        def close(self):
            calls.append("close")
            super().close()

    def connect():
        calls.append("connect")
        db = sqlite3.connect(":memory:", factory=Connection)
        for table in ("carts", "tokens", "logs"):
            db.execute(f"create table {table} (expired)")
        return db

    def get_db():
        if "db" not in g:
            g.db = connect()
        return g.db

    @app.teardown_appcontext
    def close_db(error):
        db = g.pop("db", None)
        if db is not None:
            db.close()

    @app.cli.command("tidy")
    def tidy():
        for table in ("carts", "tokens", "logs"):
            get_db().execute(f"delete from {table} where expired")
        get_db().commit()

    result = app.test_cli_runner().invoke(args=["tidy"])
    return result.exit_code, calls.count("connect"), calls.count("close")


def once_once():
    return counts(), (0, 1, 1)


def once_never():
    return counts(), (0, 1, 0)


def four_four():
    return counts(), (0, 4, 4)


def four_once():
    return counts(), (0, 4, 1)


def four_never():
    return counts(), (0, 4, 0)


def once_four():
    return counts(), (0, 1, 4)
