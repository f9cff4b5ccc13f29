"""Which of the three 404s are JSON: pairs (observed, claimed)."""

from flask import Blueprint, Flask, abort, request

CLAIMED = [True, True, False]  # every option claims JSON for the first two, HTML for the third


def in_json(decorate, condition):
    api = Blueprint("api", __name__, url_prefix="/api")

    @api.get("/books/<int:number>")
    def show(number):
        abort(404)

    @decorate(api)
    def not_found(error):
        if condition():
            return {"error": error.name}, 404
        return error

    app = Flask(__name__)
    app.register_blueprint(api)
    answers = [app.test_client().get(path) for path in ("/api/books/9", "/api/nothing", "/nothing")]
    return [answer.is_json for answer in answers] if {answer.status_code for answer in answers} == {404} else None


def own(api):
    return api.errorhandler(404)


def whole_app(api):
    return api.app_errorhandler(404)


def path():
    return request.path.startswith("/api/")


def blueprint():
    return request.blueprint == "api"


def endpoint():
    return (request.endpoint or "").startswith("api.")


def app_and_path():
    return in_json(whole_app, path), CLAIMED


def blueprint_and_path():
    return in_json(own, path), CLAIMED


def blueprint_and_blueprint():
    return in_json(own, blueprint), CLAIMED


def app_and_blueprint():
    return in_json(whole_app, blueprint), CLAIMED


def app_and_endpoint():
    return in_json(whole_app, endpoint), CLAIMED


def blueprint_and_endpoint():
    return in_json(own, endpoint), CLAIMED
