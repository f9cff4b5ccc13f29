"""What is printed: pairs (observed, claimed)."""

from flask import Flask, g


def printed():
    found = []
    app = Flask("shop")
    try:
        with app.app_context():
            g.lang = "de"
            with app.app_context():
                found.append(g.get("lang"))
                g.lang = "en"
            found.append(g.get("lang"))
    except RuntimeError as error:
        found.append(type(error))
    return found


def none_de():
    return printed(), [None, "de"]


def de_en():
    return printed(), ["de", "en"]


def de_de():
    return printed(), ["de", "de"]


def none_en():
    return printed(), [None, "en"]


def none_none():
    return printed(), [None, None]


def de_raises():
    return printed(), ["de", RuntimeError]
