"""What is there after the upgrade: pairs of (authors, books, books without author, the upgrade succeeded)."""

import sys
import tempfile
from pathlib import Path
from textwrap import dedent, indent

import sqlalchemy as sa
from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.engine import Engine

sys.dont_write_bytecode = True


class Project:
    """A Flask app with an SQLite file and a migrations folder; another one may share its folder."""

    def __init__(self, models=None, folder=None, **options):
        self.folder = folder or Path(tempfile.mkdtemp())
        self.db = SQLAlchemy()
        self.app = Flask("shop")
        self.app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{self.folder / 'shop.db'}"
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


TABLES = """
op.create_table("author", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(40)))
op.create_table(
    "book",
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("author_id", sa.Integer, sa.ForeignKey("author.id", ondelete="CASCADE")),
)
"""
UPGRADE = """
with op.batch_alter_table("author") as batch_op:
    batch_op.alter_column("name", existing_type=sa.String(40), type_=sa.String(80))
"""


def after():
    @event.listens_for(Engine, "connect")
    def enforce(connection, record):
        connection.execute("PRAGMA foreign_keys = ON")

    project = Project()
    project.revision("a", None, TABLES)
    project.revision("b", "a", UPGRADE)
    project.run("db upgrade a")
    project.sql("INSERT INTO author (name) VALUES ('Ada'), ('Ben'), ('Carl')")
    project.sql("INSERT INTO book (author_id) VALUES " + ", ".join(f"({n % 3 + 1})" for n in range(40)))
    succeeded = project.run("db upgrade").exit_code == 0

    def count(what):
        return project.sql(f"SELECT count(*) FROM {what}")[0][0]

    return count("author"), count("book"), count("book WHERE author_id IS NULL"), succeeded


def untouched():
    return after(), (3, 40, 0, True)


def refused():
    return after(), (3, 40, 0, False)


def orphans():
    return after(), (3, 40, 40, True)


def books_gone():
    return after(), (3, 0, 0, True)


def all_gone():
    return after(), (0, 0, 0, True)


def rolled_back():
    return after(), (3, 40, 0, False)
