"""Where the database is after the error: pairs of (first case, second case).

SQLite stands in for PostgreSQL: with autocommit=False its DDL is transactional, and Alembic is told so.
"""

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

    engine_options: dict = {}

    def __init__(self, models=None, folder=None, **options):
        self.folder = folder or Path(tempfile.mkdtemp())
        self.db = SQLAlchemy()
        self.app = Flask("shop")
        self.app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{self.folder / 'shop.db'}"
        self.app.config["SQLALCHEMY_ENGINE_OPTIONS"] = self.engine_options
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


# A transaction begins with the first statement, DDL included.
Project.engine_options = {"connect_args": {"autocommit": False}}


def at(**options):
    project = Project(transactional_ddl=True, **options)
    down = None
    for name in "abcd":
        statements = f'op.create_table("t_{name}", sa.Column("id", sa.Integer, primary_key=True))'
        if name == "d":
            statements += '\nop.execute("UPDATE nowhere SET id = 1")'
        project.revision(name, down, statements)
        down = name
    project.run("db upgrade a")
    assert project.run("db upgrade").exit_code != 0
    tables = [name[0][2:] for name in project.sql("SELECT name FROM sqlite_master WHERE name LIKE 't~_%' ESCAPE '~'")]
    assert tables[-1:] == project.at()  # what is recorded is what is there
    return project.at()[0]


def cases():
    return at(), at(transaction_per_migration=True)


def c_c():
    return cases(), ("c", "c")


def a_a():
    return cases(), ("a", "a")


def c_d():
    return cases(), ("c", "d")


def d_c():
    return cases(), ("d", "c")


def c_a():
    return cases(), ("c", "a")


def a_c():
    return cases(), ("a", "c")
