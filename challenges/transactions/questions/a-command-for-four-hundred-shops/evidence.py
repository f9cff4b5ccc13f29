"""Whether a review can be stored while `look_up` waits, for each shop, and whether all positions are stored.

A review is tried in the middle of `look_up`, on a connection that doesn't wait: where it is refused there, waiting
would not help, since the command goes on holding its lock.
"""

import sqlite3
import tempfile

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.pool import NullPool

CLAIMED = ({"stored"}, 3)


def outcome(after=lambda db, shop: db.session.flush(), options=None, wal=False, quiet=False):
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/shops.db"
        db = SQLAlchemy()

        class Shop(db.Model):
            id: Mapped[int] = mapped_column(primary_key=True)
            address: Mapped[str]
            position: Mapped[str | None]

        class Review(db.Model):
            id: Mapped[int] = mapped_column(primary_key=True)

        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{path}"
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options or {}
        db.init_app(app)
        tries = set()

        def look_up(address):
            visitor = sqlite3.connect(path, timeout=0)
            try:
                visitor.execute("INSERT INTO review DEFAULT VALUES")
                visitor.commit()
                tries.add("stored")
            except sqlite3.OperationalError as error:
                tries.add(str(error))
            finally:
                visitor.close()
            return address.upper()

        def loop():
            for shop in db.session.scalars(select(Shop)).all():
                shop.position = look_up(shop.address)
                after(db, shop)
            db.session.commit()

        @app.cli.command("positions")
        def positions():
            if quiet:
                with db.session.no_autoflush:
                    loop()
            else:
                loop()

        with app.app_context():
            db.create_all()
            db.session.add_all(Shop(address=name) for name in ("a", "b", "c"))
            db.session.commit()
            if wal:
                with db.engine.connect() as connection:
                    assert connection.exec_driver_sql("PRAGMA journal_mode = WAL").scalar() == "wal"
        assert app.test_cli_runner().invoke(args=["positions"]).exception is None
        with app.app_context():
            stored = len(db.session.scalars(select(Shop).where(Shop.position.is_not(None))).all())
            db.session.remove()
            db.engine.dispose()
        return tries, stored


def pool():
    return outcome(options={"poolclass": NullPool}), CLAIMED


def commit_each():
    return outcome(after=lambda db, shop: db.session.commit()), CLAIMED


def timeout():
    return outcome(options={"connect_args": {"timeout": 30}}), CLAIMED


def wal():
    return outcome(wal=True), CLAIMED


def no_autoflush():
    return outcome(quiet=True), CLAIMED


def expunge():
    def after(db, shop):
        db.session.flush()
        db.session.expunge(shop)

    return outcome(after=after), CLAIMED
