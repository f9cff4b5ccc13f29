"""Failures as programs read them: application/problem+json, RFC 9457."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Response, request
from marshmallow import Schema, fields, validate

from harness.services.errors import Refused, Why

if TYPE_CHECKING:
    from werkzeug.exceptions import HTTPException

MIMETYPE = "application/problem+json"


class ProblemSchema(Schema):
    """A problem: what it is, and of what status; ``errors`` says which fields do not fit, ``reason`` why a deed was
    not done."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String()
    reason = fields.String(validate=validate.OneOf([*Why]))
    errors = fields.Dict()


def wanted() -> bool:
    """Whether this request is a program's."""
    return request.path.startswith("/api/")


def of_error(error: HTTPException) -> Response:
    """The answer to what HTTP has a word for, with the headers that belong to it; what does not fit is of webargs."""
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    told = _told(status, error.description)
    if "messages" in (data := getattr(error, "data", {})):
        told["errors"] = data["messages"]
    headers = [(name, value) for name, value in error.get_headers() if name.lower() != "content-type"]
    if status == HTTPStatus.UNAUTHORIZED:
        headers.append(("WWW-Authenticate", "Bearer"))
    return Response(json.dumps(told), status, headers, mimetype=MIMETYPE)


def of_refusal(status: int, refusal: Refused) -> Response:
    """The answer to a deed that was not done."""
    told = _told(status, str(refusal)) | {"reason": refusal.why.value}
    return Response(json.dumps(told), status, mimetype=MIMETYPE)


def _told(status: int, detail: str | None) -> dict[str, Any]:
    told: dict[str, Any] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": int(status)}
    return told | {"detail": detail} if detail else told
