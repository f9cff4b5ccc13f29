"""The check after each step: pairs of (fails without the revision, passes with it)."""

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


REVISION = 'op.create_table("post", sa.Column("id", sa.Integer, primary_key=True))'


def models(db, new):
    class Post(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        if new:
            slug = db.Column(db.String(80))


def passes(commands, new):
    project = Project(lambda db: models(db, new))
    project.revision("a", None, REVISION)

    @project.app.cli.command()
    def create_all():
        project.db.create_all()

    for command in commands:
        project.run(command)
    return project.run("db check").exit_code == 0


def job(*commands):
    return (not passes(commands, new=True), passes(commands, new=False)), (True, True)


def upgrade():
    return job("db upgrade")


def stamp():
    return job("db stamp head")


def current():
    return job("db current")


def create_all():
    return job("create-all")


def create_and_stamp():
    return job("create-all", "db stamp head")


def migrate():
    return job("db migrate")
