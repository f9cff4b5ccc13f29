"""The huts that the current app knows. This module is complete."""

from flask import abort, current_app


def open_huts():
    """The huts that are open, in the order of the setting."""
    return [hut for hut in current_app.config["HUTS"] if not hut["closed"]]


def find_hut(hut_id):
    """The hut with this id. Ends the request with 404 if there is none, with 410 if it is closed."""
    for hut in current_app.config["HUTS"]:
        if hut["id"] == hut_id:
            if hut["closed"]:
                abort(410, "This hut is closed for good.")
            return hut
    abort(404, "There is no such hut.")
