"""Whether script and styles are served from the addresses that url_for gives: pairs (observed, claimed)."""

import os
import sys
import tempfile
from pathlib import Path

from flask import url_for

CLAIMED = [True, True]  # every option claims that both are served
APP = """
from flask import Flask

from shop.widgets import widgets

app = Flask(__name__)
app.register_blueprint(widgets)
"""
WIDGETS = """
from flask import Blueprint

widgets = Blueprint("widgets", __name__, static_folder="static")
"""
MADE = 'Blueprint("widgets", __name__, static_folder="static")'


def served(app=APP, widgets=WIDGETS):
    root = Path(tempfile.mkdtemp())
    for folder, name in (("static", "shop.css"), ("widgets/static", "slider.js")):
        (root / "shop" / folder).mkdir(parents=True)
        (root / "shop" / folder / name).write_text(name)
    (root / "shop" / "__init__.py").write_text(app)
    (root / "shop" / "widgets" / "__init__.py").write_text(widgets)
    sys.path.insert(0, str(root))
    os.chdir(root)
    from shop import app as made

    def serves(endpoint, name):
        with made.test_request_context():
            try:
                path = url_for(endpoint, filename=name)
            except Exception:
                return False
        return made.test_client().get(path).text == name

    return [serves("widgets.static", "slider.js"), serves("static", "shop.css")]


def own_static_path():
    made = 'Blueprint("widgets", __name__, static_folder="static", static_url_path="/widgets")'
    return served(widgets=WIDGETS.replace(MADE, made)), CLAIMED


def path_at_registration():
    line = 'app.register_blueprint(widgets, static_url_path="/widgets")'
    return served(app=APP.replace("app.register_blueprint(widgets)", line)), CLAIMED


def no_app_folder():
    return served(app=APP.replace("Flask(__name__)", "Flask(__name__, static_folder=None)")), CLAIMED


def other_app_folder():
    return served(app=APP.replace("Flask(__name__)", 'Flask(__name__, static_folder="widgets/static")')), CLAIMED


def longer_folder():
    return served(widgets=WIDGETS.replace('"static"', '"widgets/static"')), CLAIMED


def own_root():
    made = 'Blueprint("widgets", __name__, static_folder="static", root_path="widgets")'
    return served(widgets=WIDGETS.replace(MADE, made)), CLAIMED
