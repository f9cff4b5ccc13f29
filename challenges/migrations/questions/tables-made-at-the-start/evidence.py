"""What the new file adds: pairs of (operation, table) lists; None for no file."""

import re
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


def models(db, new=False):
    class Post(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        if new:
            slug = db.Column(db.String(80))

    if new:

        class Tag(db.Model):
            id = db.Column(db.Integer, primary_key=True)


def added():
    project = Project(models)
    project.run("db migrate")
    project.run("db upgrade")
    project = Project(lambda db: models(db, new=True), project.folder)
    with project.app.app_context():
        project.db.create_all()
    text = project.generated()
    if text is None:
        return None
    upgrade = text.partition("def upgrade")[2].partition("def downgrade")[0]
    found = re.findall(r"(create_table|drop_table|batch_alter_table)\('(\w+)'", upgrade)
    return sorted(found), re.findall(r"add_column\(sa\.Column\('(\w+)'", upgrade)


ALTER = ("batch_alter_table", "post")


def both():
    return added(), ([ALTER, ("create_table", "tag")], ["slug"])


def table():
    return added(), ([("create_table", "tag")], [])


def nothing():
    return added(), None


def all_tables():
    return added(), ([("create_table", "post"), ("create_table", "tag")], [])


def column():
    return added(), ([ALTER], ["slug"])


def dropped():
    return added(), ([ALTER, ("drop_table", "tag")], ["slug"])
