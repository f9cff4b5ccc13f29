"""Every error is answered with a JSON object: ``code``, ``status``, and what there is to say."""

from typing import Any

from flask import Flask, Response, jsonify
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES


def error(code: int, **more: Any) -> Response:
    response = jsonify(code=code, status=HTTP_STATUS_CODES.get(code, "Error"), **more)
    response.status_code = code
    return response


def http_error(exception: HTTPException) -> Response:
    if exception.code is None or exception.code < 400:
        return exception.get_response()
    response = error(exception.code, message=exception.description or "")
    for name, value in exception.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers.add(name, value)
    return response


def invalid(exception: ValidationError) -> Response:
    found = exception.errors(include_url=False, include_context=False, include_input=False)
    return error(422, errors=[{"at": list(item["loc"]), "message": item["msg"]} for item in found])


def register_errors(app: Flask) -> None:
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(ValidationError, invalid)
