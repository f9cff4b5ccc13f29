"""The API: two versions, one of them at two addresses."""

from hmac import compare_digest

from flask import Blueprint, abort, current_app, request, url_for

from .store import find_hut, open_huts

api = Blueprint("api", __name__)
v1 = Blueprint("v1", __name__)
v2 = Blueprint("v2", __name__)


@api.before_request
def check_key():
    given = request.headers.get("X-Api-Key", "")
    if not compare_digest(given.encode(), current_app.config["API_KEY"].encode()):
        abort(401, "The header X-Api-Key is missing or wrong.")


# Version 1


def hut_v1(hut):
    return {
        "id": hut["id"],
        "name": hut["name"],
        "self": url_for(".show_hut", hut_id=hut["id"]),
        "index": url_for(".list_huts"),
        "successor": url_for("api.v2.show_hut", hut_id=hut["id"]),
    }


@v1.get("/", endpoint="list_huts")
def list_huts_v1():
    return {"version": 1, "huts": [hut_v1(hut) for hut in open_huts()]}


@v1.get("/huts/<int:hut_id>", endpoint="show_hut")
def show_hut_v1(hut_id):
    return hut_v1(find_hut(hut_id))


@v1.after_app_request
def add_sunset(response):
    response.headers["Sunset"] = current_app.config["V1_SUNSET"]
    return response


@v1.errorhandler(401)
@v1.errorhandler(404)
@v1.errorhandler(410)
def error_v1(error):
    return {"error": error.description}, error.code


# Version 2


def hut_v2(hut):
    return {
        "id": hut["id"],
        "name": hut["name"],
        "beds": hut["beds"],
        "self": url_for(".show_hut", hut_id=hut["id"]),
        "index": url_for(".list_huts"),
    }


@v2.before_request
def check_client():
    if not request.headers.get("X-Client"):
        abort(400, "The header X-Client is missing.")


@v2.get("/", endpoint="list_huts")
def list_huts_v2():
    return {"version": 2, "huts": [hut_v2(hut) for hut in open_huts()]}


@v2.get("/huts/<int:hut_id>", endpoint="show_hut")
def show_hut_v2(hut_id):
    return hut_v2(find_hut(hut_id))


@v2.errorhandler(400)
@v2.errorhandler(401)
@v2.errorhandler(404)
@v2.errorhandler(410)
def error_v2(error):
    return {"error": {"status": error.code, "message": error.description}}, error.code


api.register_blueprint(v1, url_prefix="/v1")
api.register_blueprint(v2, url_prefix="/v2")
api.register_blueprint(v2, url_prefix="/latest", name="latest")
