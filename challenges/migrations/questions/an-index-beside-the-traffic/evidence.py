"""The state after the error: pairs of (revision, note exists, slug exists, index exists).

SQLite stands in for PostgreSQL: with autocommit=False its DDL is transactional, and Alembic is told so.
"""

import sys
import tempfile
from pathlib import Path
from textwrap import dedent, indent

import sqlalchemy as sa
from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy

sys.dont_write_bytecode = True


class Project:
    """A Flask app with an SQLite file and a migrations folder; another one may share its folder."""

    engine_options: dict = {}

    def __init__(self, models=None, folder=None, **options):
        self.folder = folder or Path(tempfile.mkdtemp())
        self.db = SQLAlchemy()
        self.app = Flask("shop")
        self.app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{self.folder / 'shop.db'}"
        self.app.config["SQLALCHEMY_ENGINE_OPTIONS"] = self.engine_options
        self.db.init_app(self.app)
        Migrate(self.app, self.db, directory=self.folder / "migrations", **options)
        if models:
            models(self.db)
        if folder is None:
            self.run("db init")

    def run(self, command):
        """Runs `flask command`; the result has exit_code, output and exception."""
        return self.app.test_cli_runner().invoke(args=command.split())

    def revision(self, name, down, upgrade, downgrade="pass"):
        text = f"from alembic import op\nimport sqlalchemy as sa\n\nrevision = {name!r}\ndown_revision = {down!r}\n"
        for function, code in (("upgrade", upgrade), ("downgrade", downgrade)):
            text += f"\ndef {function}():\n{indent(dedent(code).strip(), '    ')}\n"
        (self.folder / "migrations" / "versions" / f"{name}.py").write_text(text)

    def generated(self):
        """Runs `flask db migrate`; the text of the file that it makes, or None."""
        versions = self.folder / "migrations" / "versions"
        before = set(versions.glob("*.py"))
        self.run("db migrate")
        new = set(versions.glob("*.py")) - before
        return new.pop().read_text() if new else None

    def sql(self, text):
        with self.app.app_context(), self.db.engine.begin() as connection:
            result = connection.execute(sa.text(text))
            return [tuple(row) for row in result] if result.returns_rows else None

    def columns(self, table):
        return [row[1] for row in self.sql(f"PRAGMA table_info({table})")]

    def at(self):
        return sorted(row[0] for row in self.sql("SELECT version_num FROM alembic_version"))


# A transaction begins with the first statement, DDL included.
Project.engine_options = {"connect_args": {"autocommit": False}}

UPGRADE = """
op.add_column("post", sa.Column("slug", sa.String(80)))
with op.get_context().autocommit_block():
    op.create_index("ix_post_slug", "post", ["slug"], postgresql_concurrently=True)
op.execute("UPDATE post SET slug = lower(titles)")
"""


def state():
    project = Project(transactional_ddl=True)
    project.revision("a", None, 'op.create_table("post", sa.Column("id", sa.Integer, primary_key=True))')
    project.run("db upgrade")
    project.revision("b", "a", 'op.add_column("post", sa.Column("note", sa.String(80)))')
    project.revision("c", "b", UPGRADE)
    assert "titles" in str(project.run("db upgrade").exception)
    columns = project.columns("post")
    index = project.sql("SELECT name FROM sqlite_master WHERE name = 'ix_post_slug'")
    return project.at(), "note" in columns, "slug" in columns, bool(index)


def all_undone():
    return state(), (["a"], False, False, False)


def index_kept():
    return state(), (["a"], False, False, True)


def b_kept():
    return state(), (["b"], True, False, False)


def columns_kept():
    return state(), (["b"], True, True, False)


def all_kept():
    return state(), (["b"], True, True, True)


def recorded():
    return state(), (["c"], True, True, True)
