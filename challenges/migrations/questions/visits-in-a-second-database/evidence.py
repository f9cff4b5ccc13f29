"""The tables of both databases: pairs of (shop.db, stats.db)."""

import sys
import tempfile
from pathlib import Path
from textwrap import dedent, indent

import sqlalchemy as sa
from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

sys.dont_write_bytecode = True


class Project:
    """A Flask app with an SQLite file and a migrations folder; another one may share its folder."""

    binds: tuple = ()

    def __init__(self, models=None, folder=None, **options):
        self.folder = folder or Path(tempfile.mkdtemp())
        self.db = SQLAlchemy()
        self.app = Flask("shop")
        self.app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{self.folder / 'shop.db'}"
        self.app.config["SQLALCHEMY_BINDS"] = {key: f"sqlite:///{self.folder / key}.db" for key in self.binds}
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


Project.binds = ("stats",)


def models(db):
    class Post(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)

    class Visit(db.Model):
        __bind_key__ = "stats"
        id: Mapped[int] = mapped_column(primary_key=True)


def tables():
    project = Project(models)
    assert project.run("db migrate").exit_code == 0
    assert project.run("db upgrade").exit_code == 0
    with project.app.app_context():
        return tuple(
            " ".join(sorted(set(sa.inspect(project.db.engines[key]).get_table_names()) - {"alembic_version"}))
            for key in (None, "stats")
        )


def each_its_own():
    return tables(), ("post", "visit")


def all_in_main():
    return tables(), ("post visit", "")


def main():
    return tables(), ("post", "")


def everywhere():
    return tables(), ("post visit", "post visit")


def stopped():
    return tables(), ("", "")


def visit_in_both():
    return tables(), ("post visit", "visit")
