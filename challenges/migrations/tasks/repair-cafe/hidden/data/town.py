"""A town's database: made here, moved by the submission's commands, and looked into here."""

from __future__ import annotations

import itertools
import sqlite3

RELEASED = "9e63d5a8f241"

SCHEMA = """
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE volunteers (
    id INTEGER NOT NULL,
    name VARCHAR(80) NOT NULL,
    tel VARCHAR(40),
    skills VARCHAR(400),
    PRIMARY KEY (id)
);
CREATE INDEX ix_volunteers_name ON volunteers (name);
CREATE TABLE repairs (
    id INTEGER NOT NULL,
    volunteer_id INTEGER NOT NULL,
    item VARCHAR(120) NOT NULL,
    minutes INTEGER NOT NULL,
    outcome VARCHAR(200),
    PRIMARY KEY (id),
    CHECK (minutes >= 0),
    CONSTRAINT fk_repairs_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteers (id) ON DELETE CASCADE
);
CREATE INDEX ix_repairs_volunteer_id ON repairs (volunteer_id);
CREATE TABLE notes (
    id INTEGER NOT NULL,
    repair_id INTEGER NOT NULL,
    text VARCHAR(400) NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_notes_repair_id FOREIGN KEY(repair_id) REFERENCES repairs (id) ON DELETE CASCADE
);

INSERT INTO alembic_version VALUES ('9e63d5a8f241');
"""

REVISIONS = {
    "migrations/versions/4b1f0c2a7d10_volunteers_and_repairs.py": '''"""volunteers and repairs

Revision ID: 4b1f0c2a7d10
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "4b1f0c2a7d10"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "volunteers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("tel", sa.String(40), nullable=True),
        sa.Column("skills", sa.String(400), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_volunteers_name", "volunteers", ["name"])
    op.create_table(
        "repairs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(120), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(200), nullable=True),
        sa.CheckConstraint("minutes >= 0"),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteers.id"], name="fk_repairs_volunteer_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_repairs_volunteer_id", "repairs", ["volunteer_id"])


def downgrade():
    op.drop_table("repairs")
    op.drop_table("volunteers")
''',
    "migrations/versions/9e63d5a8f241_notes.py": '''"""notes

Revision ID: 9e63d5a8f241
Revises: 4b1f0c2a7d10
"""

import sqlalchemy as sa
from alembic import op

revision = "9e63d5a8f241"
down_revision = "4b1f0c2a7d10"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("repair_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(400), nullable=False),
        sa.ForeignKeyConstraint(["repair_id"], ["repairs.id"], name="fk_notes_repair_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade():
    op.drop_table("notes")
''',
}

LATER = """
import sqlalchemy as sa
from flask import current_app


def add_columns():
    db = current_app.extensions["sqlalchemy"]
    mapped = {mapper.local_table: mapper for mapper in list(db.Model.registry.mappers)}
    for table in {*db.metadata.tables.values(), *mapped}:
        column = sa.Column("in_a_later_release", sa.String(20), default="later")
        table.append_column(column)
        if table in mapped:
            mapped[table].add_property(column.name, column)
"""


class Town:
    """One database. Every command runs in a process of its own, as in a shell."""

    def __init__(self, make_app, files, address, folder):
        self._make_app, self._files, self._address, self._folder = make_app, files, address, folder
        self._path = address.removeprefix("sqlite:///")
        self._numbers = itertools.count(1)

    def fill(self, volunteers=(), repairs=(), notes=()):
        """Puts a database of the released revision there."""
        path = self._folder / f"{self._path.rpartition('/')[2]}-old"
        path.unlink(missing_ok=True)
        database = sqlite3.connect(path)
        database.executescript(SCHEMA)
        for table, rows in (("volunteers", volunteers), ("repairs", repairs), ("notes", notes)):
            for row in rows:
                database.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
        database.commit()
        database.close()
        self._files.write(self._path, path.read_bytes())

    def app(self, **config):
        """The app on this database, in a process of its own."""
        config = {"SQLALCHEMY_DATABASE_URI": self._address, **config}
        return self._make_app(config, worker=f"{self._path}-{next(self._numbers)}")

    def run(self, *args):
        """Whether a command succeeded, and what it said."""
        done = self.app().test_cli_runner().invoke(["db", *args])
        said = done.exception or done.output
        return done.exit_code == 0, f"flask db {' '.join(args)}: {said[-600:]}"

    def up(self):
        return self.run("upgrade")

    def down(self):
        return self.run("downgrade", RELEASED)

    def look(self):
        """The database as it is now."""
        path = self._folder / f"{self._path.rpartition('/')[2]}-{next(self._numbers)}"
        path.write_bytes(self._files.read(self._path))
        return Look(path)


class Look:
    """A copy of the database, on our side."""

    def __init__(self, path):
        self._database = sqlite3.connect(path)
        self._database.execute("PRAGMA foreign_keys=ON")

    def rows(self, statement, *values):
        return self._database.execute(statement, values).fetchall()

    def revision(self):
        return [row[0] for row in self.rows("SELECT version_num FROM alembic_version")]

    def tables(self):
        found = self.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return {row[0] for row in found}

    def columns(self, table):
        """Each column's name, and whether it must have a value."""
        return {row[1]: bool(row[3] or row[5]) for row in self.rows(f"PRAGMA table_info({table})")}

    def parents(self, table):
        found = self.rows(f"PRAGMA foreign_key_list({table})")
        return sorted((row[3], row[2], row[4] or "id", row[6]) for row in found)

    def indexed(self, table):
        """The columns of the plain indexes of a table."""
        plain = [row[1] for row in self.rows(f"PRAGMA index_list({table})") if row[3] == "c" and not row[2]]
        return sorted([row[2] for row in self.rows(f"PRAGMA index_info({name})")] for name in plain)

    def sql(self):
        """All that was said to make tables and indexes, in lower case."""
        return "\n".join(row[0] for row in self.rows("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")).lower()

    def takes(self, statement, *values):
        """Whether a row can be stored."""
        try:
            self._database.execute(statement, values)
        except sqlite3.IntegrityError:
            return False
        return True

    def content(self, table, *columns, order="id"):
        return self.rows(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {order}")
