"""(the client gets the new title, a 304 without a change): pairs (observed, claimed)."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from flask import Flask, jsonify, request

CLAIMED = (True, True)


def observed(change):
    app = Flask(__name__)
    second = datetime(2031, 5, 4, 12, 0, 5, tzinfo=UTC)
    article = SimpleNamespace(title="old", updated_at=second.replace(microsecond=200_000), version=1)

    @app.get("/articles")
    def show():
        response = jsonify(title=article.title)
        response.last_modified = article.updated_at
        change(response, article)
        return response.make_conditional(request)

    client = app.test_client()

    def ask(answer):
        names = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
        headers = {names[name]: answer.headers[name] for name in names if name in answer.headers}
        return client.get("/articles", headers=headers)

    first = client.get("/articles")
    article.title, article.updated_at, article.version = "new", second.replace(microsecond=900_000), 2
    again = ask(first)
    renewed = again.status_code == 200 and again.json["title"] == "new"
    return renewed, ask(client.get("/articles")).status_code == 304


def etag():
    return observed(lambda response, article: response.set_etag(str(article.version))), CLAIMED


def round_up():
    def change(response, article):
        response.last_modified = article.updated_at + timedelta(seconds=1)

    return observed(change), CLAIMED


def iso():
    def change(response, article):
        response.headers["Last-Modified"] = article.updated_at.isoformat()

    return observed(change), CLAIMED


def no_cache():
    def change(response, article):
        response.cache_control.no_cache = True

    return observed(change), CLAIMED


def revalidate():
    def change(response, article):
        response.cache_control.must_revalidate = True

    return observed(change), CLAIMED


def vary():
    return observed(lambda response, article: response.vary.add("If-Modified-Since")), CLAIMED
