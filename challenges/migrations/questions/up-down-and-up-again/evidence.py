"""The test with each mistake: pairs of (the test fails, True)."""

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


POST = 'op.create_table("post", sa.Column("id", sa.Integer, primary_key=True), sa.Column("title", sa.String({})))'
DROP = 'op.drop_table("post")'


def models(db, new=False):
    class Post(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        title = db.Column(db.String(80))
        if new:
            slug = db.Column(db.String(80))


def fails(upgrade="pass", downgrade="pass", length=80, drop=DROP, new=False):
    project = Project(lambda db: models(db, new))
    project.revision("a", None, POST.format(length), drop)
    project.revision("b", "a", upgrade, downgrade)
    runner = project.app.test_cli_runner()
    for words in (["upgrade"], ["downgrade", "base"], ["upgrade"]):
        if runner.invoke(args=["db", *words]).exit_code != 0:
            return True
    return False


def batch(call):
    return f'with op.batch_alter_table("post") as batch_op:\n    batch_op.{call}'


ADD, REMOVE = 'add_column(sa.Column("slug", sa.String(80){}))', 'drop_column("slug")'


def required():
    return fails(batch(ADD.format(", nullable=False")), batch(REMOVE)), True


def no_revision():
    return fails(new=True), True


def left_over():
    return fails(drop="pass"), True


def data_lost():
    return fails(batch('drop_column("title")'), batch('add_column(sa.Column("title", sa.String(80)))')), True


def wrong_values():
    update = 'op.execute("UPDATE post SET slug = id")'
    return fails(batch(ADD.format("")) + "\n" + update, batch(REMOVE), new=True), True


def too_short():
    return fails(length=8), True
