"""Brings a database to the newest revision, and says whether it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app

from harness.store.base import Base, db

if TYPE_CHECKING:
    from typing import Any

    from alembic.config import Config


def config() -> Config:
    """Alembic's settings for the current app's database."""
    found: Config = current_app.extensions["migrate"].migrate.get_config()
    return found


def upgrade(revision: str = "head") -> None:
    """Runs every migration that the current app's database lacks. What it holds is kept."""
    command.upgrade(config(), revision)


def stands_at() -> str | None:
    """The database's revision; None where it has none yet."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The revision that this version of assay wants."""
    return ScriptDirectory.from_config(config()).get_current_head()


def knows(revision: str) -> bool:
    """Whether this version of assay has that revision."""
    return any(one.revision == revision for one in ScriptDirectory.from_config(config()).walk_revisions())


def differences() -> list[Any]:
    """What the models have and the database lacks, or the other way round: nothing, where the migrations are right."""
    with db.engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))
