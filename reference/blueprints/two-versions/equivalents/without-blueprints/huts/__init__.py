"""The same behaviour by hand: the app's own hooks look at the endpoint that was matched."""

from flask import Flask, request, url_for
from werkzeug.exceptions import HTTPException

from .store import find_hut, open_huts

VERSIONS = {"v1": 1, "v2": 2, "latest": 2}
HUTS = [
    {"id": 1, "name": "Falcon Rock", "beds": 24, "closed": False},
    {"id": 2, "name": "Old Mill", "beds": 8, "closed": True},
    {"id": 3, "name": "Three Lakes", "beds": 60, "closed": False},
]


def family():
    """``v1``, ``v2`` or ``latest``; None where no route of the API was matched."""
    name = (request.endpoint or "").partition("-")[0]
    return name if name in VERSIONS else None


def shape(hut):
    shown = {"id": hut["id"], "name": hut["name"]}
    shown["self"] = url_for(f"{family()}-hut", hut=hut["id"])
    shown["index"] = url_for(f"{family()}-list")
    if family() == "v1":
        shown["successor"] = url_for("v2-hut", hut=hut["id"])
    else:
        shown["beds"] = hut["beds"]
    return shown


def show_list():
    return {"huts": [shape(hut) for hut in open_huts()], "version": VERSIONS[family()]}


def show_hut(hut):
    return shape(find_hut(hut))


def failure(status, text):
    if VERSIONS[family()] == 1:
        return {"error": text}, status
    return {"error": {"message": text, "status": status}}, status


def create_app(config):
    app = Flask(__name__)
    app.config.update(HUTS=HUTS, SERVICE="huts", V1_SUNSET="Wed, 30 Jun 2027 12:00:00 GMT", MOUNT=None)
    app.config.update(config)

    @app.get("/")
    def site():
        return {"service": app.config["SERVICE"]}

    start = (app.config["MOUNT"] or "") + "/api/"
    for name in VERSIONS:
        app.add_url_rule(f"{start}{name}/", f"{name}-list", show_list)
        app.add_url_rule(f"{start}{name}/huts/<int:hut>", f"{name}-hut", show_hut)

    @app.before_request
    def admit():
        if family() is None:
            return None
        if request.headers.get("X-Api-Key") != app.config["API_KEY"]:
            return failure(401, "no key")
        if family() != "v1" and not request.headers.get("X-Client"):
            return failure(400, "no client")
        return None

    @app.errorhandler(HTTPException)
    def failed(error):
        if family() is not None:
            return failure(error.code, error.name)
        if error.code == 404 and request.path.startswith(start):
            return {"error": "unknown address", "path": request.path}, 404
        return error

    @app.after_request
    def headers(response):
        response.headers["X-Service"] = app.config["SERVICE"]
        if family() == "v1":
            response.headers["Sunset"] = app.config["V1_SUNSET"]
        return response

    return app
