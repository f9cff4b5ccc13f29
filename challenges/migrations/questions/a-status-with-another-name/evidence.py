"""What comes of it: pairs of (a file was made, what the old post has or the exception)."""

import enum
import sys
import tempfile
from pathlib import Path
from textwrap import dedent, indent

import sqlalchemy as sa
from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

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


class Before(enum.Enum):
    draft = "draft"
    public = "public"


class After(enum.Enum):
    hidden = "hidden"
    public = "public"


def project(status, folder=None):
    def models(db):
        class Post(db.Model):
            id: Mapped[int] = mapped_column(primary_key=True)
            status_: Mapped[status] = mapped_column("status")

        db.post = Post

    return Project(models, folder)


def loaded():
    first = project(Before)
    first.run("db migrate")
    first.run("db upgrade")
    with first.app.app_context():
        first.db.session.add(first.db.post(status_=Before.draft))
        first.db.session.commit()
    second = project(After, first.folder)
    made = second.generated() is not None
    second.run("db upgrade")
    with second.app.app_context():
        try:
            return made, second.db.session.scalars(sa.select(second.db.post)).one().status_
        except LookupError as error:
            return made, type(error)


def follows():
    return loaded(), (False, After.hidden)


def alters():
    return loaded(), (True, After.hidden)


def updates():
    return loaded(), (True, After.hidden)


def string():
    return loaded(), (False, "draft")


def empty():
    return loaded(), (False, None)


def lookup():
    return loaded(), (False, LookupError)
