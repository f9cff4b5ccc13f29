"""Whether the app starts after each change and both pages have the header."""

import functools
from time import perf_counter

from flask import Flask, make_response


def app_with(change, paths=("/books", "/authors")):
    """The app of the stem with one change; returns whether each page has X-Seconds, or the type of the error."""
    app = Flask(__name__)

    def timed(view):
        def wrapper(*args, **kwargs):
            start = perf_counter()
            response = make_response(view(*args, **kwargs))
            response.headers["X-Seconds"] = f"{perf_counter() - start:.3f}"
            return response

        def timed_view(*args, **kwargs):
            return wrapper(*args, **kwargs)

        if change == "wraps":
            wrapper = functools.wraps(view)(wrapper)
        return {"rename": timed_view, "return": view}.get(change, wrapper)

    def route(path):
        return app.route(path, methods=["GET"]) if change == "route" else app.get(path)

    def books():
        return "books"

    def authors():
        return "authors"

    try:
        for path, view in zip(paths, (books, authors), strict=True):
            if change == "swap":
                timed(route(path)(view))
            else:
                route(path)(timed(view))
    except AssertionError as error:
        return type(error)
    client = app.test_client()
    return tuple("X-Seconds" in client.get(path).headers for path in paths)


CLAIMED = (True, True)


def swap():
    return app_with("swap"), CLAIMED


def prefixes():
    return app_with("none", paths=("/library/books", "/people/authors")), CLAIMED


def rename():
    return app_with("rename"), CLAIMED


def wraps():
    return app_with("wraps"), CLAIMED


def route():
    return app_with("route"), CLAIMED


def return_view():
    return app_with("return"), CLAIMED
