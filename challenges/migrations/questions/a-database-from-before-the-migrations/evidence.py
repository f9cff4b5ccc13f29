"""After the command and one later upgrade: (the upgrade succeeds, the data is there, the new column too)."""

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


CLAIMED = (True, [("Ada",)], True)


def models(db):
    class Customer(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String(80))


def after(command):
    project = Project(models)
    project.run("db migrate --rev-id a")
    assert "create_table('customer'" in next((project.folder / "migrations" / "versions").glob("a_*.py")).read_text()
    with project.app.app_context():
        project.db.create_all()
    project.sql("DROP TABLE IF EXISTS alembic_version")
    project.sql("INSERT INTO customer (name) VALUES ('Ada')")
    project.run(command)
    project.revision("b", "a", 'op.add_column("customer", sa.Column("phone", sa.String(20)))')
    succeeds = project.run("db upgrade").exit_code == 0
    return succeeds, project.sql("SELECT name FROM customer"), "phone" in project.columns("customer")


def upgrade():
    return after("db upgrade"), CLAIMED


def stamp_head():
    return after("db stamp head"), CLAIMED


def stamp_base():
    return after("db stamp base"), CLAIMED


def migrate():
    return after("db migrate"), CLAIMED


def sql():
    return after("db upgrade --sql"), CLAIMED


def init():
    return after("db init"), CLAIMED
