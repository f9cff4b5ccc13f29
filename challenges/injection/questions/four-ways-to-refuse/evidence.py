"""With which lines a browser finds the element in a page: pairs of sets."""

from flask import Flask, Response, abort, make_response, request
from markupsafe import Markup

ATTACK = "<img src=x onerror=alert(1)>"


def runs():
    app = Flask(__name__)

    @app.get("/<int:line>")
    def view(line):
        title = request.args["title"]
        if line == 1:
            abort(404, f"no book called {title}")
        if line == 2:
            abort(404, Markup(f"no book called {title}"))
        if line == 3:
            abort(Response(f"no book called {title}", 404))
        abort(make_response({"error": f"no book called {title}"}, 404))

    client = app.test_client()
    answers = {line: client.get(f"/{line}", query_string={"title": ATTACK}) for line in (1, 2, 3, 4)}
    assert all(answer.status_code == 404 for answer in answers.values())
    return {line for line, answer in answers.items() if answer.mimetype == "text/html" and ATTACK in answer.text}


def second_third():
    return runs(), {2, 3}


def third():
    return runs(), {3}


def first_third():
    return runs(), {1, 3}


def first_second_third():
    return runs(), {1, 2, 3}


def third_fourth():
    return runs(), {3, 4}


def first_third_fourth():
    return runs(), {1, 3, 4}
