"""The four status codes, as observed and as each option claims them."""

from flask import Flask


def statuses():
    app = Flask(__name__)

    @app.get("/steps/<int:count>")
    def steps(count):
        return str(count)

    @app.get("/price/<float:amount>")
    def price(amount):
        return str(amount)

    client = app.test_client()
    return tuple(client.get(path).status_code for path in ("/steps/-3", "/steps/007", "/price/5", "/price/5.0"))


def all_match():
    return statuses(), (200, 200, 200, 200)


def sign_matches():
    return statuses(), (200, 200, 404, 200)


def no_zeros_in_front():
    return statuses(), (404, 404, 404, 200)


def float_takes_integers():
    return statuses(), (404, 200, 200, 200)


def bad_request():
    return statuses(), (400, 200, 400, 200)


def digits_and_point():
    return statuses(), (404, 200, 404, 200)
