"""Which of the three requests get JSON: pairs (observed, claimed)."""

from flask import Blueprint, Flask, abort
from werkzeug.exceptions import HTTPException

SHOW, LEND, READ = ("GET", "/api/books/7"), ("POST", "/api/books/7/loans"), ("GET", "/api/books/7/loans")


def in_json():
    app = Flask(__name__)

    @app.errorhandler(404)
    def page_not_found(error):
        return "<h1>Not here</h1>", 404

    api = Blueprint("api", __name__, url_prefix="/api")

    @api.errorhandler(HTTPException)
    def as_json(error):
        return {"error": error.name}, error.code

    @api.get("/books/<int:number>")
    def show(number):
        abort(404)

    @api.post("/books/<int:number>/loans")
    def lend(number):
        abort(409)

    app.register_blueprint(api)
    client = app.test_client()
    answers = {(method, path): client.open(path, method=method) for method, path in (SHOW, LEND, READ)}
    return {request for request, answer in answers.items() if answer.is_json}


def conflict():
    return in_json(), {LEND}


def both_from_views():
    return in_json(), {SHOW, LEND}


def whole_api():
    return in_json(), {SHOW, LEND, READ}


def without_404():
    return in_json(), {LEND, READ}


def not_found():
    return in_json(), {SHOW}


def nobody():
    return in_json(), set()
