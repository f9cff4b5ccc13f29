"""How many posts have no slug after the migration: pairs of numbers."""

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
slugify = str.lower
post = sa.table("post", sa.column("id"), sa.column("title"), sa.column("slug"))
bind = op.get_bind()
todo = sa.select(post.c.id, post.c.title).where(post.c.slug.is_(None))
start = 0
while rows := bind.execute(todo.order_by(post.c.id).limit(100).offset(start)).all():
    for row in rows:
        slug = slugify(row.title)
        bind.execute(sa.update(post).where(post.c.id == row.id).values(slug=slug))
    start += 100
"""


def left():
    project = Project()
    project.revision(
        "a",
        None,
        """
        op.create_table(
            "post",
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("title", sa.String(80)),
            sa.Column("slug", sa.String(80)),
        )
        """,
    )
    project.revision("b", "a", UPGRADE)
    project.run("db upgrade a")
    project.sql("INSERT INTO post (title) VALUES " + ", ".join(f"('Title {n}')" for n in range(1000)))
    assert project.run("db upgrade").exit_code == 0
    return project.sql("SELECT count(*) FROM post WHERE slug IS NULL")[0][0]


def none():
    return left(), 0


def one_batch():
    return left(), 100


def third():
    return left(), 450


def half():
    return left(), 500


def all_but_one_batch():
    return left(), 900


def everything():
    return left(), 1000
