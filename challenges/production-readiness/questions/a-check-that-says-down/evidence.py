"""Which line takes the container out: pairs (observed, claimed)."""

from flask import Flask, redirect, url_for


def served(line):
    """Whether requests come while the database is down, and while it is up."""
    app = Flask(__name__)
    up = True

    @app.get("/status")
    def status_page():
        return "status"

    @app.get("/ready")
    def ready():
        try:
            if not up:
                raise ConnectionError
        except ConnectionError:
            answer = line(app)
            if answer is not None:
                return answer
        return {"database": "up"}

    client = app.test_client()
    while_up = 200 <= client.get("/ready").status_code < 400
    up = False
    while_down = 200 <= client.get("/ready").status_code < 400
    return while_down, while_up


CLAIMED = (False, True)


def status_in_body():
    return served(lambda app: {"database": "down", "status": 503}), CLAIMED


def status_in_tuple():
    return served(lambda app: ({"database": "down"}, 503)), CLAIMED


def redirect_away():
    return served(lambda app: redirect(url_for("status_page"))), CLAIMED


def word_in_body():
    return served(lambda app: {"database": "down"}), CLAIMED


def no_content():
    return served(lambda app: ("", 204)), CLAIMED


def log_it():
    return served(lambda app: app.logger.critical("the database is down")), CLAIMED
