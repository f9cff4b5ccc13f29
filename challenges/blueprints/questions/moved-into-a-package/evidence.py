"""What happens after the move: pairs (observed, claimed).

Where it stopped and why, or the status of /books, the link and the endpoint of the view.
"""

import sys
import tempfile
from pathlib import Path

from flask import Flask, url_for

MODULE = """
from flask import Blueprint

bp = Blueprint(__name__, __name__)

@bp.get("/books")
def index():
    return "all books"
"""


def moved():
    root = Path(tempfile.mkdtemp())
    (root / "shop" / "catalogue").mkdir(parents=True)
    (root / "shop" / "__init__.py").touch()
    (root / "shop" / "catalogue" / "__init__.py").touch()
    (root / "shop" / "catalogue" / "books.py").write_text(MODULE)
    sys.path.insert(0, str(root))
    app = Flask(__name__, static_folder=None)
    try:
        from shop.catalogue.books import bp
    except Exception as error:
        return "import", type(error)
    try:
        app.register_blueprint(bp)
    except Exception as error:
        return "register_blueprint", type(error)
    with app.test_request_context():
        try:
            link = url_for("books.index")
        except Exception as error:
            link = type(error).__name__
    endpoints = [rule.endpoint for rule in app.url_map.iter_rules()]
    return app.test_client().get("/books").status_code, link, endpoints


def import_raises():
    return moved(), ("import", ValueError)


def registration_raises():
    return moved(), ("register_blueprint", ValueError)


def link_breaks():
    return moved(), (200, "BuildError", ["shop.catalogue.books.index"])


def all_the_same():
    return moved(), (200, "/books", ["books.index"])


def address_moves():
    return moved(), (404, "BuildError", ["shop.catalogue.books.index"])


def first_part():
    return moved(), (200, "BuildError", ["shop.index"])
