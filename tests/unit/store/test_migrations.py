"""A database comes up from nothing, agrees with the models, and keeps its rows on the way from every revision."""

from __future__ import annotations

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from harness.store import migrate
from harness.store.base import Base, db
from tests.unit.platform_fixtures import make_app


@pytest.fixture
def empty(tmp_path):
    """The context of an app whose database has nothing."""
    app = make_app(tmp_path / "empty.db")
    with app.app_context():
        yield
        db.session.remove()
        db.engine.dispose()


def revisions() -> list[str]:
    return [one.revision for one in ScriptDirectory.from_config(migrate.config()).walk_revisions()][::-1]


def test_an_empty_database_becomes_what_the_models_say(empty):
    assert migrate.stands_at() is None
    migrate.upgrade()
    assert migrate.stands_at() == migrate.newest()
    assert migrate.differences() == []
    assert set(inspect(db.engine).get_table_names()) == {*Base.metadata.tables, "alembic_version"}


def test_no_row_can_lack_what_a_model_says_it_has(empty):
    migrate.upgrade()
    for table in Base.metadata.tables.values():
        made = {column["name"]: column["nullable"] for column in inspect(db.engine).get_columns(table.name)}
        assert made == {column.name: column.nullable for column in table.columns}


def test_rows_survive_the_way_from_every_revision(empty):
    for start in revisions():
        migrate.upgrade(start)
        with db.engine.begin() as connection:
            connection.execute(
                text(
                    "INSERT INTO user (ref, email, name, role, sessions, created_at)"
                    " VALUES (:ref, :ref || '@example.org', 'Nora', 'candidate', 's', '2026-12-01 10:00:00')"
                ),
                {"ref": start},
            )
    migrate.upgrade()
    with db.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM user WHERE name = 'Nora'")).scalar() == len(revisions())


def test_a_second_upgrade_changes_nothing(empty):
    migrate.upgrade()
    migrate.upgrade()
    assert migrate.stands_at() == migrate.newest()
