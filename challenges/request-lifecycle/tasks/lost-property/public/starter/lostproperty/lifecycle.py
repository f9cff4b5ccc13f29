"""What happens around every request."""

import uuid

from flask import Flask, abort, g, request

from lostproperty.equipment import OutOfPaper


def register_hooks(app: Flask) -> None:
    """Registers what runs before and after each view."""

    @app.before_request
    def refuse_when_closed():
        if app.config["CLOSED"] and request.blueprint != "equipment":
            abort(503, "the office is closed")

    @app.before_request
    def give_id():
        g.request_id = request.headers.get("X-Request-Id") or uuid.uuid4().hex

    @app.before_request
    def light_lamp():
        if request.blueprint != "equipment":
            app.extensions["lamp"].on()

    @app.before_request
    def connect():
        if request.blueprint != "equipment":
            g.connection = app.extensions["database"].open()

    @app.after_request
    def count_rows(response):
        if "rows" in g:
            response.headers["X-Items"] = str(g.rows)
        return response

    @app.after_request
    def print_receipt(response):
        if response.status_code == 201:
            app.extensions["printer"].print(f"receipt {g.request_id}")
        return response

    @app.after_request
    def write_journal(response):
        if request.blueprint != "equipment":
            app.extensions["journal"].append(
                {
                    "request_id": g.request_id,
                    "method": request.method,
                    "path": request.path,
                    "status": response.status_code,
                    "failure": g.get("failure"),
                }
            )
        return response

    @app.after_request
    def name_request(response):
        response.headers["X-Request-Id"] = g.request_id
        return response

    @app.teardown_request
    def disconnect(error):
        if request.blueprint != "equipment":
            if error is None:
                g.connection.commit()
            g.connection.close()

    @app.teardown_request
    def lamp_off(error):
        if request.blueprint != "equipment":
            app.extensions["lamp"].off()


def error_body(message: str, status: int) -> dict:
    """What an error answer looks like."""
    return {"error": message, "status": status, "request_id": g.request_id}


def register_handlers(app: Flask) -> None:
    """Registers what answers errors."""

    @app.errorhandler(404)
    def not_found(error):
        return error_body("not found", 404)

    @app.errorhandler(OutOfPaper)
    def out_of_paper(error):
        return error_body("the printer has no paper", 503), 503

    @app.errorhandler(Exception)
    def unexpected(error):
        g.failure = type(error).__name__
        return error_body("something went wrong", 500), 500
