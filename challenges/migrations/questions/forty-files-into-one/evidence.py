"""Whether an upgrade leaves an existing database as it is and gives a new one the schema: pairs of (found, True)."""

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


SCHEMA = 'op.create_table("post", sa.Column("id", sa.Integer, primary_key=True))'


def squashed(revision, down=None, more=""):
    existing, new = Project(), Project()
    existing.revision("r40", None, SCHEMA)
    existing.run("db upgrade")
    existing.sql("INSERT INTO post (id) VALUES (1)")
    outcome = []
    for project in (existing, new):
        for file in (project.folder / "migrations" / "versions").glob("*.py"):
            file.unlink()
        project.revision("s", None, SCHEMA)
        file = project.folder / "migrations" / "versions" / "s.py"
        header = f"revision = {revision!r}\ndown_revision = {down!r}\n{more}\n"
        file.write_text(file.read_text().replace("revision = 's'\ndown_revision = None\n", header))
        assert header in file.read_text()
        outcome.append(project.run("db upgrade").exit_code == 0 and "id" in project.columns("post"))
    return all(outcome) and existing.sql("SELECT id FROM post") == [(1,)]


def new_id():
    return squashed("s1"), True


def after_the_last():
    return squashed("s1", "r40"), True


def first_id():
    return squashed("r1"), True


def last_id():
    return squashed("r40"), True


def replaces():
    return squashed("s1", more='replaces = ["r40"]'), True


def depends():
    return squashed("s1", more='depends_on = "r40"'), True
