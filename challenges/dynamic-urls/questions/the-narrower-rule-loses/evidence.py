"""Which view /p/AB-1234 and /p/tea reach, in both orders of registration."""

from flask import Flask
from werkzeug.routing import BaseConverter, ValidationError

CLAIMED = [("sku AB-1234", "slug tea"), ("sku AB-1234", "slug tea")]


def by_slug(slug):
    return f"slug {slug}"


def by_sku(sku):
    return f"sku {sku}"


def strict(self, value):
    if not (value[:2].isupper() and value[3:].isdigit()):
        raise ValidationError
    return value


def reached(slug_rule="/p/<slug>", **attributes):
    converter = type("SkuConverter", (BaseConverter,), {"regex": r"[A-Z]{2}-\d{4}", **attributes})
    rules = [(slug_rule, by_slug), ("/p/<sku:sku>", by_sku)]
    both = []
    for order in (rules, rules[::-1]):
        app = Flask(__name__)
        app.url_map.converters["sku"] = converter
        for rule, view in order:
            app.add_url_rule(rule, view_func=view)
        client = app.test_client()
        both.append((client.get("/p/AB-1234").text, client.get("/p/tea").text))
    return both


def anchors():
    return reached(regex=r"^[A-Z]{2}-\d{4}$"), CLAIMED


def heavier():
    return reached(weight=200), CLAIMED


def validation_error():
    return reached(to_python=strict), CLAIMED


def minlength():
    return reached("/p/<string(minlength=3):slug>"), CLAIMED


def lighter():
    return reached(weight=50), CLAIMED


def not_isolating():
    return reached(part_isolating=False), CLAIMED
