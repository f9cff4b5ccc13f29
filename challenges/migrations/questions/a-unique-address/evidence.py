"""Upgrade and downgrade of the generated file after each change: pairs of (both succeed, True)."""

import sys
import tempfile
from pathlib import Path
from textwrap import dedent, indent

import sqlalchemy as sa
from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData, String, UniqueConstraint

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


def outcome(column=None, arguments=(), convention=None, **options):
    def models(db, column, arguments=()):
        class Account(db.Model):
            __table_args__ = arguments
            id = db.Column(db.Integer, primary_key=True)
            email = column

    def project(column, arguments=(), folder=None, **options):
        made = Project(folder=folder, **options)
        if convention:
            made.db.metadata.naming_convention = MetaData(naming_convention=convention).naming_convention
        models(made.db, column, arguments)
        return made

    first = project(sa.Column(String(80)))
    first.run("db migrate")
    first.run("db upgrade")
    first.sql("INSERT INTO account (email) VALUES ('ada@example.com')")
    column = sa.Column(String(80), unique=True) if column is None else column
    second = project(column, arguments, first.folder, **options)
    assert second.generated() is not None
    return second.run("db upgrade").exit_code == 0 and second.run("db downgrade").exit_code == 0


def no_batch():
    return outcome(render_as_batch=False), True


def table_args():
    return outcome(sa.Column(String(80)), (UniqueConstraint("email"),)), True


def index_convention():
    return outcome(convention={"ix": "ix_%(column_0_label)s"}), True


def transaction():
    return outcome(transaction_per_migration=True), True


def convention():
    return outcome(convention={"uq": "uq_%(table_name)s_%(column_0_name)s"}), True


def column_name():
    return outcome(sa.Column("email", String(80), unique=True)), True
