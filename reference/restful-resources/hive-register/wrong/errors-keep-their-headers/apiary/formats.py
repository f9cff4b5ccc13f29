"""The two representations, their tags, and the conditions that are made of them."""

import csv
import io
from typing import Any

from flask import Response, abort, json, request

FORMATS = ["application/json", "text/csv"]
COLUMNS = ["code", "site", "boxes", "note"]


def represent(data: dict[str, Any], mimetype: str) -> Response:
    """A hive or a list of hives in one format. The tag is made of the bytes: other bytes, other tag."""
    if mimetype == "text/csv":
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, COLUMNS)
        writer.writeheader()
        writer.writerows(data.get("hives", [data]))
        body = text.getvalue()
    else:
        body = json.dumps(data)
    response = Response(body, mimetype=mimetype)
    response.add_etag()
    return response


def negotiated(data: dict[str, Any]) -> Response:
    """The answer to GET and HEAD: in the format that the client prefers, or 304 if it has it."""
    mimetype = request.accept_mimetypes.best_match(FORMATS) if request.accept_mimetypes else FORMATS[0]
    if mimetype is None:
        abort(406, "There are application/json and text/csv")
    response = represent(data, mimetype)
    response.vary.add("Accept")
    return response.make_conditional(request)


def check_write(data: dict[str, Any]) -> None:
    """Ends a request that is about to overwrite or remove what its client has not seen."""
    if "If-Match" not in request.headers:
        abort(428, "Send the tag that you have in If-Match")
    tags = [represent(data, mimetype).get_etag()[0] for mimetype in FORMATS]
    if not any(tag in request.if_match for tag in tags):
        abort(412, "The hive has changed meanwhile")
