"""Whether the script for PostgreSQL has the UPDATE that fills the slugs: pairs of (yes or exception, True).

Ada's own database, which `db` reaches, is an SQLite file here.
"""

import io
import tempfile
from pathlib import Path
from textwrap import indent

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

ENV = """
from alembic import context

context.configure(dialect_name="postgresql", literal_binds=True)
with context.begin_transaction():
    context.run_migrations()
"""
REVISION = """
import sqlalchemy as sa
from alembic import op
from flask import current_app
from sqlalchemy.orm import Session

slugify = str.lower
revision = {name!r}
down_revision = {down!r}


def upgrade():
    db = current_app.extensions["sqlalchemy"]
{body}
"""


def written(body):
    folder = Path(tempfile.mkdtemp())
    (folder / "versions").mkdir()
    (folder / "env.py").write_text(ENV)
    for name, down, text in (("b", None, "pass"), ("c", "b", body)):
        text = REVISION.format(name=name, down=down, body=indent(text, "    "))
        (folder / "versions" / f"{name}.py").write_text(text)
    app = Flask("shop")
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder / 'ada.db'}"
    db = SQLAlchemy(app)
    config = Config(output_buffer=io.StringIO())
    config.set_main_option("script_location", str(folder))
    config.set_main_option("path_separator", "os")
    with app.app_context():
        with db.engine.begin() as connection:
            connection.execute(sa.text("CREATE TABLE post (id INTEGER PRIMARY KEY, title TEXT, slug TEXT)"))
            connection.execute(sa.text("INSERT INTO post (title) VALUES ('Flask')"))
        try:
            command.upgrade(config, "b:c", sql=True)
        except Exception as error:
            return type(error)
    return "UPDATE post SET slug=lower(post.title);" in config.output_buffer.getvalue().replace(" = ", "=").replace(
        "(title)", "(post.title)"
    )


def rows():
    return written(
        "bind = op.get_bind()\n"
        "for row in bind.execute(sa.text('SELECT id, title FROM post')):\n"
        "    op.execute(f\"UPDATE post SET slug = '{slugify(row.title)}' WHERE id = {row.id}\")"
    ), True


def db_session():
    return written("db.session.execute(sa.text('UPDATE post SET slug = lower(title)'))\ndb.session.commit()"), True


def inspect():
    return written(
        "if 'slug' in [c['name'] for c in sa.inspect(op.get_bind()).get_columns('post')]:\n"
        "    op.execute('UPDATE post SET slug = lower(title)')"
    ), True


def orm_session():
    return written(
        "with Session(op.get_bind()) as session:\n"
        "    session.execute(sa.text('UPDATE post SET slug = lower(title)'))\n"
        "    session.commit()"
    ), True


def engine():
    return written(
        "with db.engine.begin() as connection:\n    connection.execute(sa.text('UPDATE post SET slug = lower(title)'))"
    ), True


def execute():
    return written(
        "post = sa.table('post', sa.column('title'), sa.column('slug'))\n"
        "op.execute(sa.update(post).values(slug=sa.func.lower(post.c.title)))"
    ), True
