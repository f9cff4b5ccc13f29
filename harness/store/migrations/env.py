"""Alembic's entrance: migrates the database of the current app, within its context."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from alembic import context

import harness.store.models  # noqa: F401 - so that the metadata has every table
from harness.store.base import Base, UtcDateTime, db

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext


def render(kind: str, item: Any, autogenerate: AutogenContext) -> str | Literal[False]:
    """A revision must outlive our own types: it says what the database has."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


def migrate() -> None:
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,  # SQLite can't change a table, and has it copied
            render_item=render,
        )
        with context.begin_transaction():
            context.run_migrations()


migrate()
