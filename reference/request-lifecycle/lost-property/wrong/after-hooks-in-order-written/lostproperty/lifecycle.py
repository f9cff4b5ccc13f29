"""What happens around every request: the receipt and the commit come after the view, then the journal."""

import string
from uuid import uuid4

from flask import Flask, abort, current_app, g, jsonify, request
from werkzeug.exceptions import HTTPException, InternalServerError

from lostproperty.equipment import LampError, OutOfPaper

ALLOWED = set(string.ascii_letters + string.digits + "-")


def answer(message, status):
    response = jsonify({"error": message, "status": status, "request_id": g.request_id})
    response.status_code = status
    return response


def out_of_paper(error):
    return answer("the printer has no paper", 503)


def http_error(error):
    response = answer(error.name, error.code)
    if getattr(error, "valid_methods", None):
        response.allow.update(error.valid_methods)
    return response


def unexpected(error):
    """Handles 500: what happened is behind the error that Flask makes."""
    g.failure = type(getattr(error, "original_exception", None) or error).__name__
    return answer("something went wrong", 500)


def give_id():
    sent = request.headers.get("X-Request-Id", "")
    g.request_id = sent if 8 <= len(sent) <= 64 and set(sent) <= ALLOWED else str(uuid4())
    g.staff = request.blueprint == "equipment"


def refuse_when_closed():
    if current_app.config["CLOSED"] and not g.staff:
        abort(503)


def light_lamp():
    if not g.staff:
        current_app.extensions["lamp"].on()
        g.lamp = current_app.extensions["lamp"]


def settle(response):
    if response.status_code == 201:
        try:
            current_app.extensions["printer"].print(f"receipt {g.request_id}")
        except OutOfPaper as error:
            response = out_of_paper(error)
        except Exception as error:
            response = unexpected(error)
    if "connection" in g:
        if response.status_code < 400:
            g.connection.commit()
        else:
            g.connection.rollback()
    return response


def write_journal(response):
    if not g.staff:
        entry = {"request_id": g.request_id, "method": request.method, "path": request.path}
        entry |= {"status": response.status_code, "failure": g.get("failure")}
        current_app.extensions["journal"].append(entry)
    return response


def name_request(response):
    response.headers["X-Request-Id"] = g.request_id
    return response


def tidy_up(error):
    """May be called twice for one request."""
    try:
        if "lamp" in g:
            g.pop("lamp").off()
    except LampError:
        current_app.logger.warning("the lamp stays on")
    finally:
        if "connection" in g:
            g.pop("connection").close()


def register_hooks(app: Flask) -> None:
    for before in (give_id, refuse_when_closed, light_lamp):
        app.before_request(before)
    for after in (name_request, settle, write_journal):
        app.after_request(after)
    app.teardown_request(tidy_up)


def register_handlers(app: Flask) -> None:
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(InternalServerError, unexpected)
    app.register_error_handler(OutOfPaper, out_of_paper)
