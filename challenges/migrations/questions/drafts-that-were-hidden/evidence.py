"""How many posts have each status after upgrade and downgrade: (draft, hidden, public)."""

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


def posts():
    project = Project()
    project.revision(
        "a",
        None,
        'op.create_table("post", sa.Column("id", sa.Integer, primary_key=True), sa.Column("status", sa.String(10)))',
    )
    project.run("db upgrade")
    for status, number in (("draft", 30), ("hidden", 20), ("public", 50)):
        project.sql("INSERT INTO post (status) VALUES " + ", ".join([f"('{status}')"] * number))
    project.revision(
        "k",
        "a",
        "op.execute(\"UPDATE post SET status = 'hidden' WHERE status = 'draft'\")",
        "op.execute(\"UPDATE post SET status = 'draft' WHERE status = 'hidden'\")",
    )
    for command in ("db upgrade", "db downgrade"):
        assert project.run(command).exit_code == 0
    counts = dict(project.sql("SELECT status, count(*) FROM post GROUP BY status"))
    return tuple(counts.get(status, 0) for status in ("draft", "hidden", "public"))


def as_before():
    return posts(), (30, 20, 50)


def not_moved():
    return posts(), (0, 50, 50)


def pot():
    return posts(), (50, 0, 50)


def swapped():
    return posts(), (20, 30, 50)


def doubled():
    return posts(), (30, 50, 50)


def lost():
    return posts(), (0, 20, 50)
