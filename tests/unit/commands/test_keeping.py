"""A server's database is copied while it is used, and comes back; a person's data goes out and away."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from contextlib import closing

import pytest
from click.testing import CliRunner

from cli import main


@pytest.fixture
def folder(world_database, tmp_path):
    shutil.copy(world_database, tmp_path / "assay.db")
    with closing(sqlite3.connect(tmp_path / "assay.db")) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        connection.commit()
    return tmp_path


@pytest.fixture
def run(folder, monkeypatch):
    monkeypatch.delenv("ASSAY_DATABASE_URL", raising=False)

    def invoke(*arguments, status=0):
        result = CliRunner().invoke(main, [*arguments, "--data", str(folder)])
        assert result.exit_code == status, result.output
        return result.output

    return invoke


def names(file):
    with closing(sqlite3.connect(file)) as connection:
        return {row[0] for row in connection.execute("SELECT name FROM invitation")}


def test_a_copy_is_whole_while_somebody_writes(folder, run):
    stop = threading.Event()

    def write():
        with closing(sqlite3.connect(folder / "assay.db", timeout=30)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            while not stop.is_set():
                with connection:
                    connection.execute("UPDATE invitation SET email = email || 'x'")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        run("backup", str(folder / "copy.db"))
    finally:
        stop.set()
        writer.join()
    assert names(folder / "copy.db") == {"Nora", "Otto", "Fay", "Rolf"}
    with closing(sqlite3.connect(folder / "copy.db")) as connection:
        assert len({row[0] for row in connection.execute("SELECT length(email) FROM invitation")}) == 1
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_what_was_lost_comes_back_and_the_present_is_kept(folder, run):
    run("backup", str(folder / "copy.db"))
    with closing(sqlite3.connect(folder / "assay.db")) as connection, connection:
        connection.execute("UPDATE invitation SET name = 'lost'")
    run("restore", str(folder / "copy.db"), "--yes")
    assert names(folder / "assay.db") == {"Nora", "Otto", "Fay", "Rolf"}
    (kept,) = folder.glob("assay-before-*.db")
    assert names(kept) == {"lost"}


def test_a_file_that_is_no_backup_changes_nothing(folder, run):
    (folder / "text.db").write_text("no database")
    assert "is no backup" in run("restore", str(folder / "text.db"), "--yes", status=2)
    assert names(folder / "assay.db") == {"Nora", "Otto", "Fay", "Rolf"}


def test_a_backup_never_overwrites(folder, run):
    (folder / "there.db").write_text("mine")
    assert "is there already" in run("backup", str(folder / "there.db"), status=2)
    assert (folder / "there.db").read_text() == "mine"


def test_a_person_is_handed_over_and_erased(folder, run):
    run("person", "export", "carl@example.org", str(folder / "carl.zip"))
    assert (folder / "carl.zip").read_bytes()[:2] == b"PK"
    run("person", "erase", "carl@example.org", "--yes")
    assert "no account" in run("person", "export", "carl@example.org", str(folder / "again.zip"), status=2)
