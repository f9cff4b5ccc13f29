"""Which revisions run on each database: pairs of (Ada, Ben)."""

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


def upgraded(own):
    project = Project()
    log = project.folder / "log"

    def write(name, down):
        project.revision(name, down, f"with open({str(log)!r}, 'a') as log:\n    log.write('{name} ')")

    write("a", None)
    write("b", "a")
    write(own, "b")
    project.run("db upgrade")
    assert project.at() == [own]
    write({"c1": "c2", "c2": "c1"}[own], "b")
    assert project.run("db upgrade").exit_code != 0
    assert project.run("db merge heads --rev-id m").exit_code == 0
    log.write_text("")
    project.run("db upgrade")
    return " ".join([*log.read_text().split(), *project.at()])


def both():
    return upgraded("c1"), upgraded("c2")


def missing():
    return both(), ("c2 m", "c1 m")


def by_date():
    return both(), ("c2 m", "m")


def merge_only():
    return both(), ("m", "m")


def again():
    return both(), ("c1 c2 m", "c1 c2 m")


def no_merge():
    return both(), ("c2", "c1")


def stopped():
    return both(), ("c1", "c2")
