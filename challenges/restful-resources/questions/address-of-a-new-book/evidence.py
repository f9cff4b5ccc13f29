"""What the test prints: pairs (observed, claimed)."""

from flask import Flask, request, url_for


def observed():
    app = Flask(__name__)
    books = {}

    @app.post("/books")
    def add():
        books[7] = request.get_json()
        return {"id": 7}, 201, {"Location": url_for("show", number=7)}

    @app.get("/books/<int:number>")
    def show(number):
        return books[number]

    client = app.test_client()
    answer = client.post("/books", json={"title": "Emma"}, follow_redirects=True)
    return f"{answer.status_code} {answer.json} {answer.headers.get('Location')}"


def followed():
    return observed(), "200 {'title': 'Emma'} None"


def stripped():
    return observed(), "201 {'id': 7} None"


def absolute():
    return observed(), "201 {'id': 7} http://localhost/books/7"


def turned_into_302():
    return observed(), "302 {'id': 7} /books/7"


def as_written():
    return observed(), "201 {'id': 7} /books/7"


def mixed():
    return observed(), "201 {'title': 'Emma'} /books/7"
