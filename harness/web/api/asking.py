"""Who asks: the token of the request, its scopes, and pages of long lists."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from flask import Response, abort, g, request, url_for
from marshmallow import Schema, fields, validate
from werkzeug.exceptions import UnprocessableEntity

from harness.services import api_tokens
from harness.web.api import limits

if TYPE_CHECKING:
    from harness.store.models import ApiToken, User

MOST, USUAL = 200, 50  # of a page
LONGEST_ID = 19  # digits


class Row(Protocol):
    id: Any


R = TypeVar("R", bound=Row)


def come_in() -> ApiToken:
    """The token of this request. Ends it with 401 where there is none that works, with 429 where it asks too often."""
    limits.need_few_guesses()
    kind, _, sent = request.headers.get("Authorization", "").partition(" ")
    found = api_tokens.find(sent.strip()) if kind.lower() == "bearer" else None
    if found is None:
        limits.guessed()
        abort(401, "Send a token that works: Authorization: Bearer assay_…")
    limits.spend(limits.ASKING, "api", str(found.id))
    g.token = found
    return found


def token() -> ApiToken:
    found: ApiToken = g.token
    return found


def user() -> User:
    """The account of the token; 403 for an invited person's, which is for handing in alone."""
    return token().user or abort(403, "This token is for handing in at one assessment.")


class PageSchema(Schema):
    """Which part of a list: ``after`` is what an earlier page gave as ``next``."""

    limit = fields.Integer(load_default=USUAL, validate=validate.Range(1, MOST))
    after = fields.String(load_default="")


def page_of(
    found: Callable[[int, int], Sequence[R]], limit: int, after: str
) -> tuple[dict[str, Any], int, dict[str, str]]:
    """A page: ``found`` gives so many rows, the newest first, of a smaller id than one. Rows that come meanwhile move
    nothing."""
    before = _id_of(after) if after else 2**62
    rows = found(before, limit + 1)
    told: dict[str, Any] = {"items": rows[:limit], "next": None}
    headers = {}
    if len(rows) > limit:
        told["next"] = _cursor(rows[limit - 1].id)
        arguments = {**(request.view_args or {}), "limit": limit, "after": told["next"]}
        headers["Link"] = f'<{url_for(request.endpoint or "", **arguments, _external=True)}>; rel="next"'
    return told, 200, headers


def _cursor(number: int) -> str:
    return base64.urlsafe_b64encode(f"v1:{number}".encode()).decode().rstrip("=")


def _id_of(cursor: str) -> int:
    """Ends the request with 422 for what is none of ours."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        text = ""
    kind, _, number = text.partition(":")
    if kind != "v1" or not number.isdecimal() or len(number) >= LONGEST_ID:
        fault = UnprocessableEntity()
        fault.data = {"messages": {"query": {"after": ["That is no cursor of ours."]}}}  # type: ignore[attr-defined]
        raise fault
    return int(number)


def attachment(data: bytes, name: str, mimetype: str) -> Response:
    return Response(data, mimetype=mimetype, headers={"Content-Disposition": f'attachment; filename="{name}"'})
