"""What /nowhere and /de/about answer after each change: pairs ((status, text), claimed)."""

from flask import Flask, g, request

CLAIMED = (404, "about us, in de")


def answers(take_language, hook="url_value_preprocessor", handler=None):
    app = Flask(__name__)
    app.logger.disabled = True
    if hook == "before_request":
        app.before_request(lambda: take_language(app, None, None))
    else:
        app.url_value_preprocessor(lambda endpoint, values: take_language(app, endpoint, values))
    if handler:
        app.register_error_handler(404, handler)

    @app.get("/<lang>/about")
    def about():
        return f"about us, in {g.lang}"

    client = app.test_client()
    return client.get("/nowhere").status_code, client.get("/de/about").text


def as_in_the_stem(app, endpoint, values):
    g.lang = values.pop("lang", "en")


def handler():
    return answers(as_in_the_stem, handler=lambda error: ("no such page", 404)), CLAIMED


def before_request():
    def take_language(app, endpoint, values):
        g.lang = request.view_args.pop("lang", "en")

    return answers(take_language, hook="before_request"), CLAIMED


def key_error():
    def take_language(app, endpoint, values):
        try:
            g.lang = values.pop("lang")
        except KeyError:
            g.lang = "en"

    return answers(take_language), CLAIMED


def expecting():
    def take_language(app, endpoint, values):
        if app.url_map.is_endpoint_expecting(endpoint, "lang"):
            g.lang = values.pop("lang", "en")

    return answers(take_language), CLAIMED


def no_values():
    def take_language(app, endpoint, values):
        g.lang = (values or {}).pop("lang", "en")

    return answers(take_language), CLAIMED


def get():
    def take_language(app, endpoint, values):
        g.lang = values.get("lang", "en")

    return answers(take_language), CLAIMED
