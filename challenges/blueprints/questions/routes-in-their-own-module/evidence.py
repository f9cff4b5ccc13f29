"""How /cart/ is answered after a change, or why the start fails: pairs (observed, claimed)."""

import sys
import tempfile
from pathlib import Path

from flask.cli import ScriptInfo

SHOP = """
from flask import Flask

def create_app():
    from shop.cart import bp

    app = Flask(__name__)
    app.register_blueprint(bp)
    return app
"""
CART = """
from flask import Blueprint
from shop.cart import views

bp = Blueprint("cart", __name__, url_prefix="/cart")
"""
VIEWS = """
from shop.cart import bp

@bp.get("/")
def index():
    return "cart"
"""
IMPORT_VIEWS = "from shop.cart import views\n"


def answered(shop=SHOP, cart=CART, views=VIEWS):
    root = Path(tempfile.mkdtemp())
    (root / "shop" / "cart").mkdir(parents=True)
    (root / "shop" / "__init__.py").write_text(shop)
    (root / "shop" / "cart" / "__init__.py").write_text(cart)
    (root / "shop" / "cart" / "views.py").write_text(views)
    sys.path.insert(0, str(root))
    try:
        app = ScriptInfo(app_import_path="shop:create_app").load_app()  # as `flask --app shop run` starts it
        return app.test_client().get("/cart/").status_code
    except Exception as error:
        return type(error)


def import_below():
    return answered(cart=CART.replace(IMPORT_VIEWS, "") + IMPORT_VIEWS), 200


def import_dropped():
    return answered(cart=CART.replace(IMPORT_VIEWS, "")), 200


def import_after_registration():
    line = "    app.register_blueprint(bp)\n"
    shop = SHOP.replace(line, line + "    " + IMPORT_VIEWS)
    return answered(shop=shop, cart=CART.replace(IMPORT_VIEWS, "")), 200


def relative_import():
    return answered(views=VIEWS.replace("from shop.cart import bp", "from . import bp")), 200


def module_import():
    views = VIEWS.replace("from shop.cart import bp", "import shop.cart").replace("@bp", "@shop.cart.bp")
    return answered(views=views), 200


def import_at_top():
    line = "from shop.cart import bp\n"
    return answered(shop=SHOP.replace("    " + line, "").replace("\ndef", line + "\ndef")), 200
