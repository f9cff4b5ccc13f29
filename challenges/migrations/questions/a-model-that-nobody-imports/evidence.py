"""What `flask db migrate` does with the package of the stem: the operations of the file, None for no file."""

import os
import re
import sys
import tempfile
from pathlib import Path

from flask.cli import FlaskGroup, ScriptInfo

sys.dont_write_bytecode = True

PACKAGE = """
from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()
migrate = Migrate()


def create_app():
    app = Flask(__name__)
    app.config.from_prefixed_env()
    db.init_app(app)
    migrate.init_app(app, db)
    return app
"""

MODELS = """
from shop import db


class Book(db.Model):
    id = db.Column(db.Integer, primary_key=True)
"""


def migrated():
    folder = Path(tempfile.mkdtemp())
    (folder / "shop").mkdir()
    (folder / "shop" / "__init__.py").write_text(PACKAGE)
    (folder / "shop" / "models.py").write_text(MODELS)
    os.environ["FLASK_SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder / 'shop.db'}"
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    import shop

    def flask(command):
        group = FlaskGroup(load_dotenv=False)
        try:
            group.main(command.split(), obj=ScriptInfo(create_app=shop.create_app), standalone_mode=False)
        except SystemExit as stop:
            return stop.code
        return 0

    import shop.models  # as it was until last week

    flask("db init")
    flask("db migrate")
    flask("db upgrade")
    for name in [name for name in sys.modules if name.split(".")[0] == "shop"]:
        del sys.modules[name]
    shop = __import__("shop")  # as it is now: without the models
    assert "shop.models" not in sys.modules
    before = set(folder.glob("migrations/versions/*.py"))
    code = flask("db migrate")
    if code:
        return "error"
    new = set(folder.glob("migrations/versions/*.py")) - before
    if not new:
        return None
    upgrade = new.pop().read_text().partition("def upgrade")[2].partition("def downgrade")[0]
    return re.findall(r"op\.(\w+)\('(\w+)'", upgrade)


def finds_it():
    return migrated(), None


def creates():
    return migrated(), [("create_table", "book")]


def drops():
    return migrated(), [("drop_table", "book")]


def refuses():
    return migrated(), "error"


def drops_both():
    return sorted(migrated()), [("drop_table", "alembic_version"), ("drop_table", "book")]


def empty():
    return migrated(), []
