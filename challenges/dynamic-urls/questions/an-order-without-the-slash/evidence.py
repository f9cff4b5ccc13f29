"""What the test of the stem prints."""

from flask import Flask, request


def printed():
    app = Flask(__name__)

    @app.post("/orders/")
    def create_order():
        return {"item": request.get_json()["item"]}, 201

    response = app.test_client().post("/orders", json={"item": "tea"}, follow_redirects=True)
    return response.status_code, len(response.history), response.request.method


def same_again():
    return printed(), (201, 1, "POST")


def becomes_get():
    return printed(), (405, 1, "GET")


def body_lost():
    return printed(), (400, 1, "POST")


def not_followed():
    return printed(), (308, 0, "POST")


def exact_path():
    return printed(), (404, 0, "POST")


def no_redirect():
    return printed(), (201, 0, "POST")
