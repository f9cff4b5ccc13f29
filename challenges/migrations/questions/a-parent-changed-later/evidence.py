"""What the upgrade does on staging: pairs of (revisions that ran, or the error; the table of c1 is there)."""

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


def upgraded():
    project = Project()
    log = project.folder / "log"

    def write(name, down):
        create = f'op.create_table("t_{name}", sa.Column("id", sa.Integer, primary_key=True))'
        down_too = f"with open({str(log)!r}, 'a') as log:\n    log.write('-{name} ')\nop.drop_table('t_{name}')"
        up = f"with open({str(log)!r}, 'a') as log:\n    log.write('{name} ')\n{create}"
        project.revision(name, down, up, down_too)

    write("a", None)
    write("b", "a")
    write("c2", "b")
    project.run("db upgrade")
    write("c1", "b")
    write("c2", "c1")
    log.write_text("")
    result = project.run("db upgrade")
    ran = "error" if result.exit_code else log.read_text().split()
    return ran, bool(project.columns("t_c1"))


def runs_c1():
    return upgraded(), (["c1"], True)


def runs_both():
    observed = upgraded()
    return observed, ("error", observed[1])


def unknown():
    return upgraded(), ("error", False)


def overlap():
    return upgraded(), (["-c2", "c1", "c2"], True)


def two_heads():
    return upgraded(), ("error", False)


def nothing():
    return upgraded(), ([], False)
