"""Failures as programs read them: application/problem+json, RFC 9457."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, request
from marshmallow import Schema, fields

MIMETYPE = "application/problem+json"


class ProblemSchema(Schema):
    """A problem: what it is, and of what status; ``errors`` says which fields do not fit."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String()
    errors = fields.Dict()


def wanted() -> bool:
    """Whether this request is a program's."""
    return request.path.startswith("/api/")


def problem(status: int, title: str, detail: str | None = None, data: Any = None) -> Response:
    """The answer; ``data`` is what came with an exception of webargs."""
    told: dict[str, Any] = {"type": "about:blank", "title": title, "status": status}
    if detail:
        told["detail"] = detail
    if isinstance(data, dict) and "messages" in data:
        told["errors"] = data["messages"]
    reply = Response(json.dumps(told), status, mimetype=MIMETYPE)
    if status == 401:  # noqa: PLR2004, RUF100 - the header belongs to that status
        reply.headers["WWW-Authenticate"] = "Bearer"
    return reply
