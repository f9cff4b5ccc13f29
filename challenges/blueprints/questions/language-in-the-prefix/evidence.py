"""What /de/ is answered with, or why it fails: pairs (observed, claimed)."""

from flask import Blueprint, Flask, g, url_for

CLAIMED = "de: /de/about"  # what every option claims


def answered(take_it, give_it):
    site = Blueprint("site", __name__, url_prefix="/<lang>")

    @site.get("/")
    def home():
        return f"{g.lang}: {url_for('.about')}"

    @site.get("/about")
    def about():
        return f"About, in {g.lang}"

    @site.url_value_preprocessor
    def take(endpoint, values):
        g.lang = take_it(values)

    @site.url_defaults
    def give(endpoint, values):
        return give_it(values)

    app = Flask(__name__)
    app.testing = True
    app.register_blueprint(site)
    try:
        return app.test_client().get("/de/").text
    except Exception as error:
        return type(error)


def pop(values):
    return values.pop("lang")


def read(values):
    return values["lang"]


def setdefault(values):
    values.setdefault("lang", g.lang)


def returned(values):
    return {**values, "lang": g.lang}


def assigned(values):
    values["lang"] = g.lang


def pop_and_setdefault():
    return answered(pop, setdefault), CLAIMED


def read_and_setdefault():
    return answered(read, setdefault), CLAIMED


def get_and_get():
    return answered(lambda values: values.get("lang"), lambda values: values.get("lang", g.lang)), CLAIMED


def pop_and_return():
    return answered(pop, returned), CLAIMED


def read_and_assign():
    return answered(read, assigned), CLAIMED


def get_and_return():
    return answered(lambda values: values.get("lang"), returned), CLAIMED
