"""The revisions after each step and what is printed: pairs of (after the first command, printed by the second)."""

import io
import sys
import tempfile
from pathlib import Path
from textwrap import dedent, indent

import sqlalchemy as sa
from click.testing import CliRunner
from flask import Flask
from flask.cli import FlaskGroup, ScriptInfo
from flask_migrate import Migrate
from flask_migrate import upgrade as upgrade_
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


def commands():
    project = Project()
    down = None
    for name in "abc":
        project.revision(name, down, "pass")
        down = name
    project.run("db upgrade")
    printed = io.StringIO()

    def create_app():
        app = Flask("shop")
        app.config["SQLALCHEMY_DATABASE_URI"] = project.app.config["SQLALCHEMY_DATABASE_URI"]
        db = SQLAlchemy()
        db.init_app(app)
        migrate = Migrate(app, db, directory=project.folder / "migrations")

        @migrate.configure
        def capture(config):
            config.stdout = printed
            return config

        with app.app_context():
            upgrade_()
        return app

    def flask(*words):
        group = FlaskGroup(load_dotenv=False)
        result = CliRunner().invoke(group, words, obj=ScriptInfo(create_app=create_app))
        assert result.exit_code == 0

    flask("db", "downgrade")
    after_first = project.at()
    flask("db", "current")
    return after_first, printed.getvalue().split()[:1], project.at()


def stays():
    return commands(), (["b"], ["b"], ["b"])


def up_again():
    return commands(), (["b"], ["c"], ["c"])


def same_command():
    return commands(), (["c"], ["c"], ["c"])


def blocked():
    return commands(), (["c"], ["c"], ["c"])


def too_far():
    return commands(), (["b"], ["a"], ["a"])


def read_first():
    return commands(), (["b"], ["b"], ["c"])
