"""Other origins, around the app: preflights do not get as far as a view."""

from collections.abc import Iterable
from typing import Any

METHODS = "GET, POST, PUT, PATCH, DELETE"


class OtherOrigins:
    """A WSGI app that adds what browsers want to read."""

    def __init__(self, app: Any, origins: Iterable[str]) -> None:
        self.app, self.origins = app, frozenset(origins)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        origin = environ.get("HTTP_ORIGIN")
        more = [("Vary", "Origin")]
        if origin in self.origins:
            more += [("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Credentials", "true")]
            if environ["REQUEST_METHOD"] == "OPTIONS" and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ:
                asked = [("Access-Control-Allow-Methods", METHODS), ("Access-Control-Allow-Headers", "content-type")]
                start_response("204 No Content", more + asked)
                return []
        return self.app(environ, lambda status, headers, *rest: start_response(status, [*headers, *more], *rest))
