"""Where the link leads on the three pages: pairs (observed, claimed)."""

from flask import Blueprint, Flask, render_template_string
from werkzeug.routing import BuildError


def links():
    app = Flask(__name__)
    app.testing = True
    shop = Blueprint("shop", __name__, url_prefix="/shop")
    blog = Blueprint("blog", __name__, url_prefix="/blog")

    def page():
        return render_template_string("{{ url_for('.index') }}")

    for part, path in ((shop, "/cart"), (blog, "/news"), (app, "/contact")):
        part.add_url_rule("/", "index", page)
        part.add_url_rule(path, "other", page)
    app.register_blueprint(shop)
    app.register_blueprint(blog)

    def link(path):
        try:
            return app.test_client().get(path).text
        except BuildError:
            return BuildError

    return [link(path) for path in ("/shop/cart", "/blog/news", "/contact")]


def by_request():
    return links(), ["/shop/", "/blog/", "/"]


def by_folder():
    return links(), ["/", "/", "/"]


def error_on_app():
    return links(), ["/shop/", "/blog/", BuildError]


def by_registration():
    return links(), ["/shop/", "/shop/", "/shop/"]


def by_address():
    return links(), ["/shop/cart/", "/blog/news/", "/contact/"]


def first_blueprint_for_app():
    return links(), ["/shop/", "/blog/", "/shop/"]
