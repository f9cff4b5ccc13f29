"""What the second run does: pairs of (stopped at, the database is at, titles are trimmed)."""

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


UPGRADE = """
op.create_table("tag", sa.Column("id", sa.Integer(), primary_key=True))
op.execute("UPDATE post SET title = trim(titles)")
"""


def second_run():
    project = Project()
    post = 'op.create_table("post", sa.Column("id", sa.Integer, primary_key=True), sa.Column("title", sa.String(80)))'
    project.revision("b", None, post)
    project.run("db upgrade")
    project.sql("INSERT INTO post (title) VALUES (' Flask ')")
    project.revision("c", "b", UPGRADE, 'op.drop_table("tag")')
    assert "no such column: titles" in str(project.run("db upgrade").exception)
    project.revision("c", "b", UPGRADE.replace("titles", "title"), 'op.drop_table("tag")')
    error = project.run("db upgrade").exception
    return (str(error.orig) if error else None), project.at(), project.sql("SELECT title FROM post") == [("Flask",)]


def clean():
    return second_run(), (None, ["c"], True)


def resumes():
    return second_run(), (None, ["c"], True)


def exists():
    return second_run(), ("table tag already exists", ["b"], False)


def recorded():
    return second_run(), (None, ["c"], False)


def undone():
    return second_run(), (None, ["c"], True)


def refuses():
    observed = second_run()
    return ("already exists" in observed[0], *observed[1:]), (False, ["b"], False)
