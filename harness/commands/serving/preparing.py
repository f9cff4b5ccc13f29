"""Before anything serves: the database is migrated, the catalogue is filled, and somebody can come in."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from harness.commands.serving.demo import load_demo
from harness.commands.serving.place import URL, sqlite_file
from harness.content.library import default_root, load_library
from harness.domain.errors import UsageError
from harness.services import accounts
from harness.store import migrate
from harness.store.base import app_for, db
from harness.store.models import FrozenItem, Purpose
from harness.worker.catalogue import take_in, take_in_warm_up

if TYPE_CHECKING:
    from harness.commands.serving.place import Place

FIRST_LINK = "Nobody looks after this platform yet. The first administrator's link, which works once:"

Say = Callable[[str], None]


def prepare(place: Place, base: str, content: Sequence[Path], say: Say, *, demo: bool = False) -> None:
    """Makes the database ready. ``base`` is how links begin. Raises UsageError, ContentError."""
    environment = place.environment()
    app = app_for(environment[URL])
    with app.app_context():
        try:
            bring_up(sqlite_file(environment), place.folder / "backups", say)
            say("Taking in the content …")
            taken = take_in(load_library([default_root(), *content]))
            take_in_warm_up()
            offered = db.session.scalar(select(func.count()).select_from(FrozenItem).where(FrozenItem.current)) or 0
            say(f"The catalogue has {offered} questions and tasks ({taken.added} new, {taken.retired} no longer).")
            if demo:
                load_demo(base, say)
            if not accounts.has_administrator():
                token = accounts.new_link(Purpose.FIRST_ADMINISTRATOR)
                say(f"{FIRST_LINK}\n  {base}/link/{token}")
        finally:
            db.session.remove()
            db.engine.dispose()


def bring_up(file: Path | None, backups: Path, say: Say) -> None:
    """Migrates, after a copy of what is there. Raises UsageError where the database is newer than we are."""
    stands, newest = migrate.stands_at(), migrate.newest()
    if stands == newest:
        return
    if stands is not None:
        if not migrate.knows(stands):
            raise UsageError(
                f"The database is at revision {stands}, which this version of assay does not know: it was used by a "
                f"newer one. Start that, or restore a backup."
            )
        if file is not None:
            backups.mkdir(parents=True, exist_ok=True)
            copy = backups / f"before-{newest}-{datetime.now(UTC):%Y%m%d-%H%M%S}.db"
            copy_sqlite(file, copy)
            say(f"A copy of the database: {copy}")
    say(f"Migrating the database to revision {newest} …")
    migrate.upgrade()


def copy_sqlite(source: Path, target: Path) -> None:
    """A consistent copy, also while somebody writes: SQLite's own backup."""
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)
    shutil.copymode(source, target)
