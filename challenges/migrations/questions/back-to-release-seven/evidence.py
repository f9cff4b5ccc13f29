"""Each way back: pairs of (all commands succeed, release 7 works, the notes are there when 8.1 runs)."""

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


CLAIMED = (True, True, [("No onions",)])


def back(image=7, command=None):
    project = Project()
    h = project.folder / "migrations" / "versions" / "h.py"
    table = 'op.create_table("order", sa.Column("id", sa.Integer, primary_key=True))'
    project.revision("g", None, table)
    add = 'op.add_column("order", sa.Column("note", sa.String(80)))'
    project.revision("h", "g", add, 'op.drop_column("order", "note")')
    release_8 = h.read_text()
    project.run("db upgrade")
    project.sql("INSERT INTO \"order\" (note) VALUES ('No onions')")
    if image == 7:
        h.unlink()
    codes = [project.run(command).exit_code] if command else []
    h.unlink(missing_ok=True)
    try:
        project.sql('INSERT INTO "order" (id) VALUES (2)')
        works = project.sql('SELECT id FROM "order"') == [(1,), (2,)]
    except sa.exc.DBAPIError:
        works = False
    h.write_text(release_8)
    codes.append(project.run("db upgrade").exit_code)
    return not any(codes), works, project.sql('SELECT note FROM "order" WHERE id = 1')


def downgrade_new():
    return back(8, "db downgrade"), CLAIMED


def downgrade_old():
    return back(7, "db downgrade g"), CLAIMED


def upgrade_old():
    return back(7, "db upgrade g"), CLAIMED


def code_alone():
    return back(), CLAIMED


def stamp_new():
    return back(8, "db stamp g"), CLAIMED


def stamp_old():
    return back(7, "db stamp --purge g"), CLAIMED
