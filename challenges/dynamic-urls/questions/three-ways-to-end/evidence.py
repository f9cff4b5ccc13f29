"""The three status codes, as observed and as each option claims them."""

from flask import Flask


def statuses():
    app = Flask(__name__)

    @app.get("/about")
    def about():
        return "about"

    @app.get("/team/")
    def team():
        return "team"

    @app.get("/help/", strict_slashes=False)
    def help_page():
        return "help"

    client = app.test_client()
    return tuple(client.get(path).status_code for path in ("/about/", "/team", "/help"))


def both_redirected():
    return statuses(), (308, 308, 200)


def help_redirected():
    return statuses(), (404, 308, 308)


def either_way():
    return statuses(), (200, 200, 200)


def folder_and_file():
    return statuses(), (404, 308, 200)


def exact_paths():
    return statuses(), (404, 404, 200)


def moved():
    return statuses(), (404, 301, 200)
