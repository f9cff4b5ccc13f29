"""After the commands: (the column is there, the customers are there)."""

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


CLAIMED = (True, [("Ada",)])


def after(*commands):
    project = Project()
    project.revision(
        "a",
        None,
        'op.create_table("customer", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(80)))',
        'op.drop_table("customer")',
    )
    project.run("db upgrade")
    project.sql("INSERT INTO customer (name) VALUES ('Ada')")
    project.revision(
        "b",
        "a",
        'op.add_column("customer", sa.Column("phone", sa.String(20)))',
        'op.drop_column("customer", "phone")',
    )
    project.run("db stamp head")
    for command in commands:
        project.run(command)
    return "phone" in project.columns("customer"), project.sql("SELECT name FROM customer")


def upgrade_b():
    return after("db upgrade a", "db upgrade b"), CLAIMED


def down_up():
    return after("db downgrade", "db upgrade"), CLAIMED


def stamp_base():
    return after("db stamp base", "db upgrade"), CLAIMED


def purge():
    return after("db stamp --purge head", "db upgrade"), CLAIMED


def stamp_a():
    return after("db stamp a", "db upgrade head"), CLAIMED


def tag():
    return after("db upgrade", "db upgrade --tag b"), CLAIMED
