"""What the three requests are answered with: pairs of lists, or of the exception's type."""

from flask import Flask, render_template
from jinja2 import DictLoader

TEMPLATES = {
    "helpers.html": """{% set lang = request.args.get("lang", "en") %}
{% macro hello() %}{{ lang }}/{{ request.args.get("lang", "en") }}{% endmacro %}
""",
    "page.html": """{% import "helpers.html" as helpers %}{{ helpers.hello() }}""",
}


def answered():
    app = Flask(__name__)
    app.config["PROPAGATE_EXCEPTIONS"] = True
    app.jinja_loader = DictLoader(TEMPLATES)

    @app.get("/")
    def page():
        return render_template("page.html")

    client = app.test_client()
    try:
        return [client.get(address).text for address in ("/?lang=de", "/?lang=fr", "/")]
    except RuntimeError as error:
        return type(error)


def each_its_own():
    return answered(), ["de/de", "fr/fr", "en/en"]


def first_for_all():
    return answered(), ["de/de", "de/de", "de/de"]


def default_first():
    return answered(), ["en/de", "en/fr", "en/en"]


def first_is_kept():
    return answered(), ["de/de", "de/fr", "de/en"]


def set_not_seen():
    return answered(), ["/de", "/fr", "/en"]


def no_request():
    return answered(), RuntimeError
