"""What happens around every request."""

import re
import uuid

from flask import Flask, Response, abort, g, json, request
from werkzeug.exceptions import BadRequest, HTTPException, UnsupportedMediaType

from lostproperty.equipment import LampError, OutOfPaper

REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


def is_for_equipment() -> bool:
    """Whether the request goes to one of the equipment's own routes."""
    return request.blueprint == "equipment"


def register_hooks(app: Flask) -> None:
    """Registers what runs before and after each view."""

    @app.before_request
    def give_id():
        sent = request.headers.get("X-Request-Id", "")
        g.request_id = sent if REQUEST_ID.fullmatch(sent) else uuid.uuid4().hex
        g.failure = None

    @app.before_request
    def refuse_when_closed():
        if app.config["CLOSED"] and not is_for_equipment():
            abort(503, "the office is closed")

    @app.before_request
    def light_lamp():
        if not is_for_equipment():
            app.extensions["lamp"].on()
            g.lamp_is_on = True

    @app.before_request
    def connect():
        if not is_for_equipment():
            g.connection = app.extensions["database"].open()

    @app.after_request
    def name_request(response):
        response.headers["X-Request-Id"] = g.request_id
        return response

    # Hooks after the request run in reverse order; nothing that may fail or change the status may run after this one.
    @app.after_request
    def write_journal(response):
        if not is_for_equipment():
            app.extensions["journal"].append(
                {
                    "request_id": g.request_id,
                    "method": request.method,
                    "path": request.path,
                    "status": response.status_code,
                    "failure": g.failure,
                }
            )
        return response

    @app.after_request
    def print_receipt(response):
        if response.status_code == 201:
            app.extensions["printer"].print(f"receipt {g.request_id}")
            g.connection.commit()
        return response

    # These run in reverse order too. What has not been committed by now is undone.
    @app.teardown_request
    def lamp_off(error):
        if g.pop("lamp_is_on", False):
            try:
                app.extensions["lamp"].off()
            except LampError:
                app.logger.exception("the lamp can't be switched off")

    @app.teardown_request
    def disconnect(error):
        connection = g.pop("connection", None)
        if connection is not None:
            connection.close()


def error_body(message: str, status: int) -> dict:
    """What an error answer looks like."""
    return {"error": message, "status": status, "request_id": g.request_id}


def register_handlers(app: Flask) -> None:
    """Registers what answers errors."""

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        if isinstance(error, UnsupportedMediaType):
            error = BadRequest(error.description)  # here a wrong request is always a 400
        response = error.get_response()  # has the headers that belong to the status, such as Allow
        response.data = json.dumps(error_body(error.description or error.name, response.status_code))
        response.content_type = "application/json"
        return response

    @app.errorhandler(OutOfPaper)
    def out_of_paper(error):
        return error_body("the printer has no paper", 503), 503

    @app.errorhandler(Exception)
    def unexpected(error):
        app.logger.exception("request %s failed", g.request_id)
        g.failure = type(error).__name__
        return error_body("something went wrong", 500), 500
