"""How the two requests are answered: pairs of (status, whether the app's page was sent) each."""

from flask import Flask, abort, render_template
from jinja2 import DictLoader

BOOKS = {1: "Emma"}


def answered():
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"missing.html": "Sorry!"})

    @app.errorhandler(404)
    def missing(error):
        return render_template("missing.html")

    @app.get("/books/<int:number>")
    def book(number):
        if number not in BOOKS:
            abort(404)
        return BOOKS[number]

    responses = [app.test_client().get(path) for path in ("/boks", "/books/7")]
    return [(response.status_code, response.text == "Sorry!") for response in responses]


def both_404():
    return answered(), [(404, True), (404, True)]


def abort_decides():
    return answered(), [(200, True), (404, True)]


def both_200():
    return answered(), [(200, True), (200, True)]


def routing_is_apart():
    return answered(), [(404, False), (200, True)]


def handler_refused():
    return answered(), [(404, False), (404, False)]


def handler_fails():
    return answered(), [(500, False), (500, False)]
