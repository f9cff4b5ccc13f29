"""What browsers let the scripts of other origins do."""

from flask import Response, request


def allow_other_origins(response: Response) -> Response:
    """Lets the front end, which has an origin of its own, use the API."""
    if origin := request.headers.get("Origin"):
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Credentials"] = "true"
        response.headers["Access-Control-Allow-Methods"] = "GET, POST"
        response.headers["Access-Control-Allow-Headers"] = "Content-Type"
    return response
