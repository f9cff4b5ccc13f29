"""The answers to number 1 and number 2 in production: pairs (observed, claimed)."""

import logging

from flask import Flask
from flask_restful import Api, Resource
from werkzeug.exceptions import HTTPException

CLAIMED = ((409, {"error": "sold out"}), (500, {"error": "Internal Server Error"}))


class SoldOut(Exception):
    pass


class SoldOutHTTP(HTTPException):
    code = 409


class AppApi(Api):
    def error_router(self, original_handler, e):
        return original_handler(e)


def observed(api_class=Api, config=None, exception=SoldOut, handlers_last=False, **options):
    app = Flask(__name__)
    app.logger.setLevel(logging.CRITICAL + 1)
    app.config.update(config or {})

    class Ticket(Resource):
        def get(self, number):
            if number == 1:
                raise exception
            return 1 / 0

    def handlers():
        @app.errorhandler(exception)
        def sold_out(error):
            return {"error": "sold out"}, 409

        @app.errorhandler(HTTPException)
        def http_error(error):
            return {"error": error.name}, error.code

    if not handlers_last:
        handlers()
    api_class(app, **options).add_resource(Ticket, "/tickets/<int:number>")
    if handlers_last:
        handlers()

    def ask(number):
        try:
            answer = app.test_client().get(f"/tickets/{number}")
        except ZeroDivisionError as error:
            return type(error)
        return answer.status_code, answer.json

    return ask(1), ask(2)


def propagate():
    return observed(config={"PROPAGATE_EXCEPTIONS": True}), CLAIMED


def errors_dict():
    return observed(errors={"SoldOut": {"error": "sold out", "status": 409}}), CLAIMED


def catch_all():
    return observed(catch_all_404s=True), CLAIMED


def handlers_last():
    return observed(handlers_last=True), CLAIMED


def http_subclass():
    return observed(exception=SoldOutHTTP), CLAIMED


def router():
    return observed(AppApi), CLAIMED
