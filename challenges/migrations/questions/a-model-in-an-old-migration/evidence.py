"""Where the two arrive: pairs of (production's revision, Carl's revision)."""

import sys
import tempfile
import types
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


SEVEN = """
from shop_models import Customer
from sqlalchemy import select
from sqlalchemy.orm import Session

with Session(op.get_bind()) as session:
    for customer in session.scalars(select(Customer)):
        customer.email = customer.email.lower()
    session.flush()
"""


def model(db, june):
    class Customer(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        email = db.Column(db.String(80))
        if june:
            phone = db.Column(db.String(20))

    sys.modules["shop_models"] = types.SimpleNamespace(Customer=Customer)


def revisions(project):
    project.revision(
        "6",
        None,
        'op.create_table("customer", sa.Column("id", sa.Integer, primary_key=True), sa.Column("email", sa.String(80)))',
    )
    project.revision("7", "6", SEVEN)
    project.revision("11", "7", "pass")


def arrived():
    production = Project(lambda db: model(db, june=False))
    revisions(production)
    production.run("db upgrade 6")
    production.sql("INSERT INTO customer (email) VALUES ('Ada@Example.com')")
    production.run("db upgrade")
    assert production.at() == ["11"]
    assert production.sql("SELECT email FROM customer") == [("ada@example.com",)]
    carl = Project()
    revisions(carl)
    found = []
    for folder in (production.folder, carl.folder):
        june = Project(lambda db: model(db, june=True), folder)
        june.revision("12", "11", 'op.add_column("customer", sa.Column("phone", sa.String(20)))')
        june.run("db upgrade")
        found.append(june.at())
    return tuple(found)


STOPPED_BY_7, STOPPED_BY_12, ARRIVED = ["6"], ["11"], ["12"]


def both_arrive():
    return arrived(), (ARRIVED, ARRIVED)


def empty_is_fine():
    return arrived(), (ARRIVED, ARRIVED)


def both_stop():
    return arrived(), (STOPPED_BY_7, STOPPED_BY_7)


def production_stops():
    return arrived(), (STOPPED_BY_12, ARRIVED)


def carl_stops():
    return arrived(), (ARRIVED, STOPPED_BY_7)


def phone_exists():
    return arrived(), (ARRIVED, STOPPED_BY_12)
