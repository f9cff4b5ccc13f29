"""What happens around every request."""

import re
import uuid
from contextlib import suppress

from flask import Flask, Response, abort, g, jsonify, request
from werkzeug.exceptions import HTTPException

from lostproperty.equipment import LampError, OutOfPaper

WELL_FORMED = re.compile(r"[A-Za-z0-9-]{8,64}")


def for_staff() -> bool:
    """Whether this request is one of those that the office itself makes."""
    return request.blueprint == "equipment"


def register_hooks(app: Flask) -> None:
    """Registers what runs before and after each view."""

    @app.before_request
    def give_id() -> None:
        wanted = request.headers.get("X-Request-Id", "")
        g.request_id = wanted if WELL_FORMED.fullmatch(wanted) else uuid.uuid4().hex

    @app.before_request
    def refuse_when_closed() -> None:
        if app.config["CLOSED"] and not for_staff():
            abort(503, "the office is closed")

    @app.before_request
    def light_lamp() -> None:
        if not for_staff():
            app.extensions["lamp"].on()
            g.lamp_lit = True

    @app.after_request
    def name_request(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.request_id
        return response

    @app.after_request
    def write_journal(response: Response) -> Response:
        if not for_staff():
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

    # After a streamed answer teardown functions run a second time: both of these bear that.

    @app.teardown_request
    def disconnect(error: BaseException | None) -> None:
        connection = g.pop("connection", None)
        if connection is not None:
            connection.close()

    @app.teardown_request
    def lamp_off(error: BaseException | None) -> None:
        if g.pop("lamp_lit", False):
            with suppress(LampError):
                app.extensions["lamp"].off()


def register_handlers(app: Flask) -> None:
    """Registers what answers errors."""

    def error_answer(message: str, status: int) -> Response:
        answer = jsonify(error=message, status=status, request_id=g.request_id)
        answer.status_code = status
        return answer

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        answer = error_answer(error.description or error.name, error.code)
        for name, value in error.get_headers():
            if name.lower() != "content-type":
                answer.headers[name] = value
        return answer

    @app.errorhandler(OutOfPaper)
    def out_of_paper(error: OutOfPaper) -> Response:
        return error_answer("the printer has no paper", 503)

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        app.logger.exception("request %s failed", g.request_id)
        g.failure = type(error).__name__
        return error_answer("something went wrong", 500)
