"""Whose page each of the three requests shows: pairs (observed, claimed)."""

import tempfile
from pathlib import Path

from flask import Blueprint, Flask, render_template


def shown():
    root = Path(tempfile.mkdtemp())
    app = Flask(__name__, root_path=str(root))
    app.testing = True

    def blueprint(name):
        pages = root / name / "pages"
        pages.mkdir(parents=True)
        (pages / "index.html").write_text(name)
        made = Blueprint(name, __name__, root_path=str(root / name), template_folder="pages")
        made.add_url_rule("/", "index", lambda: render_template("index.html"))
        return made

    try:
        for name in ("admin", "blog", "shop"):
            app.register_blueprint(blueprint(name), url_prefix=f"/{name}")
    except ValueError:
        return ValueError

    def page(path):
        try:
            return app.test_client().get(path).text
        except Exception as error:
            return type(error).__name__

    return [page(path) for path in ("/blog/", "/shop/", "/admin/")]


def first_registered():
    return shown(), ["admin", "admin", "admin"]


def own_folder():
    return shown(), ["blog", "shop", "admin"]


def last_registered():
    return shown(), ["shop", "shop", "shop"]


def first_rendered():
    return shown(), ["blog", "blog", "blog"]


def not_found():
    return shown(), ["TemplateNotFound"] * 3


def name_taken():
    return shown(), ValueError
