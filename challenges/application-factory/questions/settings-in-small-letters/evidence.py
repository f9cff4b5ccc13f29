"""What the stem's code finds in the configuration: pairs (observed, claimed)."""

from flask import Flask


class Settings:
    PAGE_SIZE = 10
    theme = "light"


def found():
    app = Flask(__name__)
    app.config.from_object(Settings)
    app.config.from_mapping({"page_size": 25})
    app.config["lang"] = "en"
    return [app.config.get(key) for key in ["PAGE_SIZE", "page_size", "theme", "lang"]]


def all_kept():
    return found(), [10, 25, "light", "en"]


def object_filters():
    return found(), [10, 25, None, "en"]


def nothing_in_small():
    return found(), [10, None, None, None]


def raised_to_capitals():
    return found(), [25, None, None, "en"]


def case_does_not_matter():
    return found(), [25, 25, "light", "en"]


def capitals_and_assigned():
    return found(), [10, None, None, "en"]
