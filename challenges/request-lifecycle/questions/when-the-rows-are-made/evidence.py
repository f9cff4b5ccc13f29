"""In which order the entries are made: pairs (log, claimed log)."""

from flask import Flask
from werkzeug.test import create_environ


def logged():
    app = Flask(__name__)
    log = []

    @app.after_request
    def after(response):
        log.append("after")
        return response

    @app.teardown_request
    def teardown(error):
        log.append("teardown")

    @app.get("/rows")
    def rows():
        def generate():
            log.append("row 1")
            yield "1\n"
            log.append("row 2")
            yield "2\n"

        log.append("view")
        return generate()

    body = app(create_environ("/rows"), lambda status, headers: None)
    for _ in body:
        pass
    body.close()
    return log


def rows_last():
    return logged(), ["view", "after", "teardown", "row 1", "row 2"]


def rows_in_view():
    return logged(), ["view", "row 1", "row 2", "after", "teardown"]


def teardown_last():
    return logged(), ["view", "after", "row 1", "row 2", "teardown"]


def first_row_early():
    return logged(), ["view", "row 1", "after", "row 2", "teardown"]


def generator_at_once():
    return logged(), ["row 1", "row 2", "view", "after", "teardown"]


def between_hooks():
    return logged(), ["view", "row 1", "after", "teardown", "row 2"]
