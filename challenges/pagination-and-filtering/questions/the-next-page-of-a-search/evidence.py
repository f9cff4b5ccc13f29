"""The values of genre and page in the link."""

from urllib.parse import parse_qs, urlsplit

from flask import Flask, request, url_for

CLAIMED = ("/books", {"genre": ["crime", "travel"], "page": ["3"]})


def linked(build):
    app = Flask(__name__)

    @app.get("/books")
    def books():
        next_page = request.args.get("page", 1, type=int) + 1
        link = build(next_page)
        return {"next": link}

    response = app.test_client().get("/books?genre=crime&genre=travel&page=2")
    if response.status_code != 200:
        return response.status_code
    parts = urlsplit(response.json["next"])
    return parts.path, parse_qs(parts.query)


def lists():
    return linked(lambda page: url_for("books", **dict(request.args.lists(), page=page))), CLAIMED


def unpacked():
    return linked(lambda page: url_for("books", **{**request.args, "page": page})), CLAIMED


def to_dict():
    return linked(lambda page: url_for("books", **{**request.args.to_dict(), "page": page})), CLAIMED


def multi():
    return linked(lambda page: url_for("books", **dict(request.args.items(multi=True), page=page))), CLAIMED


def keyword_twice():
    return linked(lambda page: url_for("books", **request.args, page=page)), CLAIMED


def appended():
    return linked(lambda page: f"{request.full_path}&page={page}"), CLAIMED
