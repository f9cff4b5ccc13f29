"""The database as all models see it: names of constraints, times in UTC, and how SQLite is opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Dialect, Engine, MetaData, event
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection
    from sqlalchemy.orm import Session

NAMES = {  # the same on every machine, so that a migration can address them
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
BUSY_MS = 15_000  # how long a writer waits for another
WRITES = "assay_writes"


class UtcDateTime(TypeDecorator[datetime]):
    """A moment. Goes in and comes out with a time zone, and is stored in UTC whatever the database makes of it."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """What all models have in common."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={datetime: UtcDateTime, dict[str, Any]: JSON, list[str]: JSON},
    )


db = SQLAlchemy(model_class=Base)
migrations = Migrate(db=db, directory=str(Path(__file__).parent / "migrations"))

if TYPE_CHECKING:
    Model = Base  # what type checkers can follow
else:
    Model = db.Model


def open_database(app: Flask) -> None:
    """Binds the models and their migrations to the app's database."""
    db.init_app(app)
    migrations.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            tune_sqlite(db.engine)


def app_for(url: str) -> Flask:
    """An app without pages, in whose context a process that serves nobody reaches the database."""
    app = Flask("assay")
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    open_database(app)
    return app


def tune_sqlite(engine: Engine) -> None:
    """Foreign keys hold, readers and a writer do not wait for each other, and a writer takes its lock when it begins.

    Python's driver begins a transaction on its own at the first write; a transaction that has read by then and finds
    that another has written is refused at once, however long it would wait. So we begin ourselves.
    """

    @event.listens_for(engine, "connect")
    def connected(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            "foreign_keys=ON",
            "journal_mode=WAL",
            "synchronous=FULL",
            "secure_delete=ON",
            f"busy_timeout={BUSY_MS}",
        ):
            connection.execute(f"PRAGMA {pragma}")
        connection.create_function("lower", 1, _lower, deterministic=True)

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _lower(text: object) -> object:
    """What SQLite's own does for the letters of English alone."""
    return text.lower() if isinstance(text, str) else text


@contextmanager
def writing() -> Iterator[Session]:
    """A transaction that writes: committed at its end, rolled back where something raises.

    What was loaded before counts as old and is read again, behind the lock: whatever a decision hangs on is to be
    looked at inside.
    """
    session = db.session()
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("something was changed outside of writing()")
    session.rollback()
    try:
        session.connection(execution_options={WRITES: True})
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
