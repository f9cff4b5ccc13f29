"""A copy of the database, and back."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url

from harness.commands.serving.place import URL, sqlite_file
from harness.commands.serving.preparing import copy_sqlite
from harness.domain.errors import UsageError

OURS = "SELECT version_num FROM alembic_version"


def save(environment: Mapping[str, str], file: Path) -> None:
    """Copies the database into ``file``. Raises UsageError."""
    if file.exists():
        raise UsageError(f"{file} is there already. Name another file.")
    database = sqlite_file(environment)
    if database is None:
        _postgres("pg_dump", environment, "--format=custom", f"--file={file}")
        return
    if not database.exists():
        raise UsageError(f"There is no database {database} yet.")
    copy_sqlite(database, file)
    file.chmod(0o600)


def bring_back(environment: Mapping[str, str], file: Path) -> Path | None:
    """Puts ``file`` in place of the database; gives where the present one is kept. Raises UsageError."""
    database = sqlite_file(environment)
    if database is None:
        _postgres("pg_restore", environment, "--clean", "--if-exists", "--single-transaction", str(file))
        return None
    _check(file)
    kept = None
    if database.exists():
        kept = database.with_name(f"{database.stem}-before-{datetime.now(UTC):%Y%m%d-%H%M%S}.db")
        copy_sqlite(database, kept)
    fresh = database.with_suffix(".restoring")
    copy_sqlite(file, fresh)
    for ending in ("-wal", "-shm"):
        Path(f"{database}{ending}").unlink(missing_ok=True)
    fresh.replace(database)
    return kept


def _check(file: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            connection.execute(OURS).fetchone()
            sound = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise UsageError(f"{file} is no backup of the platform: {error}.") from error
    if sound != "ok":
        raise UsageError(f"{file} is damaged: {sound}.")


def _postgres(program: str, environment: Mapping[str, str], *arguments: str) -> None:
    if shutil.which(program) is None:
        raise UsageError(f"{program} is not on this machine: install PostgreSQL's client programs (postgresql-client).")
    url = make_url(environment[URL]).set(drivername="postgresql")
    address = url.render_as_string(hide_password=False)
    done = subprocess.run([program, f"--dbname={address}", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise UsageError(f"{program} failed: {done.stderr.strip()[-500:]}")
