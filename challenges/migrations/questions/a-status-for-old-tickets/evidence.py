"""The migration with each change: pairs of (status of the old rows, NOT NULL) or the type of the exception."""

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


CLAIMED = ([("new",), ("new",)], True)
COLUMN = 'batch_op.add_column(sa.Column("status", sa.String(10), nullable=False))'


def upgraded(upgrade):
    project = Project()
    project.revision("a", None, 'op.create_table("ticket", sa.Column("id", sa.Integer, primary_key=True))')
    project.run("db upgrade")
    project.sql("INSERT INTO ticket (id) VALUES (1), (2)")
    project.revision("b", "a", upgrade)
    result = project.run("db upgrade")
    if result.exit_code:
        return type(result.exception)
    not_null = {row[1]: bool(row[3]) for row in project.sql("PRAGMA table_info(ticket)")}["status"]
    return project.sql("SELECT status FROM ticket"), not_null


def changed(old, new, before="", after=""):
    block = f'with op.batch_alter_table("ticket") as batch_op:\n    {COLUMN}'
    assert old in block
    return upgraded(f"{before}\n{block.replace(old, new)}\n{after}".strip()), CLAIMED


UPDATE = "op.execute(\"UPDATE ticket SET status = 'new'\")"


def python_default():
    return changed("nullable=False", 'nullable=False, default="new"')


def update_before():
    return changed("", "", before=UPDATE)


def server_default():
    return changed("nullable=False", 'nullable=False, server_default="new"')


def nullable():
    return changed("nullable=False", "nullable=True", after=UPDATE)


def recreate():
    return changed('"ticket")', '"ticket", recreate="always")')


def insert_default():
    return changed("nullable=False", 'nullable=False, insert_default="new"')
