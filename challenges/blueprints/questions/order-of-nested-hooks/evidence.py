"""What is printed while /cart is answered: pairs (observed, claimed)."""

import io
from contextlib import redirect_stdout

from flask import Blueprint, Flask


def printed():
    app = Flask(__name__)
    shop = Blueprint("shop", __name__)
    cart = Blueprint("cart", __name__)

    for name, part in (("cart", cart), ("shop", shop), ("app", app)):
        part.before_request(lambda name=name: print(name))
        part.after_request(lambda response, name=name: print(name) or response)

    @cart.get("/cart")
    def show():
        print("view")
        return "cart"

    shop.register_blueprint(cart)
    app.register_blueprint(shop)
    with redirect_stdout(io.StringIO()) as output:
        app.test_client().get("/cart")
    return output.getvalue().split()


def in_and_out():
    return printed(), ["app", "shop", "cart", "view", "cart", "shop", "app"]


def inside_first():
    return printed(), ["cart", "shop", "app", "view", "cart", "shop", "app"]


def same_way_twice():
    return printed(), ["app", "shop", "cart", "view", "app", "shop", "cart"]


def parents_from_inside():
    return printed(), ["app", "cart", "shop", "view", "shop", "cart", "app"]


def without_parent():
    return printed(), ["app", "cart", "view", "cart", "app"]


def mirrored():
    return printed(), ["cart", "shop", "app", "view", "app", "shop", "cart"]
