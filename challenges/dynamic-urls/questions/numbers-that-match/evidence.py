"""What the four answers say, as observed and as each option claims it: texts, or statuses other than 200."""

from flask import Flask


def answers():
    app = Flask(__name__)

    @app.get("/steps/<int:count>")
    def steps(count):
        return str(count)

    @app.get("/price/<float:amount>")
    def price(amount):
        return str(amount)

    client = app.test_client()
    responses = [client.get(path) for path in ("/steps/-3", "/steps/007", "/price/5", "/price/5.0")]
    return tuple(response.text if response.status_code == 200 else response.status_code for response in responses)


def all_match():
    return answers(), ("-3", "7", "5.0", "5.0")


def sign_matches():
    return answers(), ("-3", "7", 404, "5.0")


def no_zeros_in_front():
    return answers(), (404, 404, 404, "5.0")


def float_takes_integers():
    return answers(), (404, "7", "5.0", "5.0")


def bad_request():
    return answers(), (400, "7", 400, "5.0")


def digits_and_point():
    return answers(), (404, "7", 404, "5.0")
