"""What is gone after the batch: pairs of (set of what is missing, set that the option names)."""

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


TABLE = """
op.create_table("shelf", sa.Column("id", sa.Integer(), primary_key=True))
op.create_table(
    "item",
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("sku", sa.String(20), nullable=False),
    sa.Column("quantity", sa.Integer(), server_default="1"),
    sa.Column("shelf_id", sa.Integer()),
    sa.UniqueConstraint("sku"),
    sa.CheckConstraint("quantity >= 0"),
    sa.ForeignKeyConstraint(["shelf_id"], ["shelf.id"]),
)
op.create_index("ix_item_quantity", "item", ["quantity"])
"""
BATCH = """
with op.batch_alter_table("item") as batch_op:
    batch_op.alter_column("sku", existing_type=sa.String(20), type_=sa.String(40))
"""


def parts(project):
    """The parts of the table that work, each tried out."""
    found = set()

    def refused(statement):
        try:
            project.sql(statement)
        except sa.exc.IntegrityError:
            return True
        return False

    if refused("INSERT INTO item (sku) VALUES ('a')"):
        found.add("unique")
    if refused("INSERT INTO item (sku, quantity) VALUES ('x', -1)"):
        found.add("check")
    project.sql("INSERT INTO item (sku) VALUES ('d')")
    if project.sql("SELECT quantity FROM item WHERE sku = 'd'") == [(1,)]:
        found.add("default")
    if project.sql("PRAGMA foreign_key_list(item)"):
        found.add("foreign key")
    if project.sql("SELECT name FROM sqlite_master WHERE name = 'ix_item_quantity'"):
        found.add("index")
    project.sql("DELETE FROM item WHERE sku <> 'a'")
    return found


def gone():
    project = Project()
    project.revision("a", None, TABLE)
    project.revision("b", "a", BATCH)
    project.run("db upgrade a")
    project.sql("INSERT INTO item (sku) VALUES ('a')")
    before = parts(project)
    assert len(before) == 5
    assert project.run("db upgrade").exit_code == 0
    return before - parts(project)


def unique():
    return gone(), {"unique"}


def check():
    return gone(), {"check"}


def default():
    return gone(), {"default"}


def foreign_key():
    return gone(), {"foreign key"}


def index():
    return gone(), {"index"}


def nothing():
    return gone(), set()
