"""Three processes that have all read alembic_version before one adds the column: (how many succeed, rows, error).

SQLite stands in for the server; the parent lets one process after the other go on.
"""

import os
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
import os
os.write({ready}, b".")
os.read({go}, 1)
op.add_column("post", sa.Column("slug", sa.String(80)))
"""


def started():
    project = Project()
    project.revision("a", None, 'op.create_table("post", sa.Column("id", sa.Integer, primary_key=True))')
    project.run("db upgrade")
    ready, go = os.pipe(), os.pipe()
    project.revision("b", "a", UPGRADE.format(ready=ready[1], go=go[0]))
    with project.app.app_context():
        project.db.engine.dispose()
    children = []
    for _ in range(3):
        child = os.fork()
        if child == 0:
            result = project.run("db upgrade")
            message = str(result.exception or "")
            os._exit(0 if result.exit_code == 0 else 2 if "duplicate column name: slug" in message else 3)
        children.append(child)
    for _ in children:
        os.read(ready[0], 1)  # it has read the version, and is at the door of the revision
    codes = []
    for _ in children:
        os.write(go[1], b".")
        codes.append(os.waitstatus_to_exitcode(os.wait()[1]))
    return codes, project.at()


def wait():
    return started(), ([0, 0, 0], ["b"])


def skip():
    return started(), ([0, 0, 0], ["b"])


def one():
    return started(), ([0, 2, 2], ["b"])


def rows():
    return started(), ([0, 0, 0], ["b", "b", "b"])


def none():
    codes, version = started()
    return (0 in codes, version), (False, ["a"])


def repeat():
    return started(), ([0, 0, 0], ["b"])
