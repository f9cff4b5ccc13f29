"""Whether each change, made alone, leaves no trace: pairs of (no file was made, True)."""

import sys
import tempfile
from pathlib import Path
from textwrap import dedent, indent

import sqlalchemy as sa
from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import mapped_column

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


def without_a_trace(change=None):
    def models(db, made=()):
        arguments = ()
        if "check" in made:
            arguments += (CheckConstraint("price > 0", name="price_positive"),)
        if "unique" in made:
            arguments += (UniqueConstraint("sku", name="uq_item_sku"),)

        class Item(db.Model):
            __table_args__ = arguments
            id = mapped_column(sa.Integer, primary_key=True)
            sku = mapped_column(String(20), nullable=False)
            title = mapped_column(String(120 if "length" in made else 80), nullable=False)
            price = mapped_column(sa.Integer, server_default="1" if "default" in made else None, nullable=False)
            colour = mapped_column(String(20), index="index" in made, nullable=False)
            note = mapped_column(String(40), nullable="not-null" not in made)

    project = Project(models)
    project.run("db migrate")
    project.run("db upgrade")
    return Project(lambda db: models(db, {change}), project.folder).generated() is None


def unique():
    return without_a_trace("unique"), True


def server_default():
    return without_a_trace("default"), True


def length():
    return without_a_trace("length"), True


def index():
    return without_a_trace("index"), True


def check():
    return without_a_trace("check"), True


def not_null():
    return without_a_trace("not-null"), True
