"""What /de/about answers."""

from flask import Flask, g, url_for
from werkzeug.routing import BuildError


def answer():
    app = Flask(__name__)
    app.testing = True

    @app.url_value_preprocessor
    def take_language(endpoint, values):
        g.lang = values.pop("lang", "en")

    @app.url_defaults
    def give_language(endpoint, values):
        values.setdefault("lang", g.lang)

    @app.get("/<lang>/about")
    def about():
        return " ".join([url_for("about"), url_for("health"), url_for("about", lang="fr")])

    @app.get("/health")
    def health():
        return "ok"

    try:
        return app.test_client().get("/de/about").text
    except BuildError as error:
        return type(error)


def build_error():
    return answer(), BuildError


def knows_the_rule():
    return answer(), "/de/about /health /fr/about"


def prefix():
    return answer(), "/de/about /de/health /fr/about"


def query():
    return answer(), "/de/about /health?lang=de /fr/about"


def default_wins():
    return answer(), "/de/about /health?lang=de /de/about"


def english_elsewhere():
    return answer(), "/de/about /health?lang=en /fr/about"
