"""What browsers let the scripts of other origins do."""

from flask import Response, current_app, request


def allow_other_origins(response: Response) -> Response:
    """Lets our front ends, which have origins of their own, use the API; nobody else."""
    response.vary.add("Origin")
    origin = request.headers.get("Origin")
    if origin in current_app.config["FRONTEND_ORIGINS"]:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Credentials"] = "true"
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = "GET, POST, PUT, PATCH, DELETE"
            response.headers["Access-Control-Allow-Headers"] = "Content-Type"
    return response
