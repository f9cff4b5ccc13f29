"""Which of three requests the blueprint's handler answers: pairs (observed, claimed)."""

from flask import Blueprint, Flask, abort

BOOK, PAGES, AUTHORS = "/books/7", "/books/7/pages", "/authors"


def handled():
    """The paths that `not_found` answers."""
    bp = Blueprint("books", __name__, url_prefix="/books")

    @bp.errorhandler(404)
    def not_found(error):
        return {"error": "not found"}, 404

    @bp.get("/<int:number>")
    def show(number):
        abort(404)

    app = Flask(__name__)
    app.register_blueprint(bp)
    client = app.test_client()
    answers = {path: client.get(path) for path in (BOOK, PAGES, AUTHORS)}
    return {path for path, answer in answers.items() if answer.is_json}


def all_three():
    return handled(), {BOOK, PAGES, AUTHORS}


def view_only():
    return handled(), {BOOK}


def prefix():
    return handled(), {BOOK, PAGES}


def unmatched():
    return handled(), {PAGES, AUTHORS}


def unmatched_prefix():
    return handled(), {PAGES}


def none_of_them():
    return handled(), set()
