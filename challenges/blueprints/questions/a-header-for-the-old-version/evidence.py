"""Which of the three addresses have the header: pairs (observed, claimed)."""

from flask import Blueprint, Flask, request

CLAIMED = {"/v1/books": True, "/v2/books": False, "/about": False}  # what every option claims


def warn(response):
    response.headers["Deprecation"] = "true"
    return response


def with_header(register):
    common = Blueprint("common", __name__)
    common.add_url_rule("/books", "books", lambda: "books")
    app = Flask(__name__)
    app.add_url_rule("/about", "about", lambda: "about")
    try:
        register(app, common)
    except AssertionError:
        return AssertionError
    answers = {path: app.test_client().get(path) for path in CLAIMED}
    if any(answer.status_code != 200 for answer in answers.values()):
        return None
    return {path: "Deprecation" in answer.headers for path, answer in answers.items()}


def register_twice(app, common, names=("v1", "v2")):
    for name in names:
        app.register_blueprint(common, name=name, url_prefix=f"/{name}")


def nest(app, common, change=lambda v1: None):
    v1, v2 = (Blueprint(name, __name__, url_prefix=f"/{name}") for name in ("v1", "v2"))
    change(v1)
    for parent in (v1, v2):
        parent.register_blueprint(common)
        app.register_blueprint(parent)


def parents():
    return with_header(lambda app, common: nest(app, common, lambda v1: v1.after_request(warn))), CLAIMED


def hook_on_common():
    def register(app, common):
        common.after_request(warn)
        register_twice(app, common)

    return with_header(register), CLAIMED


def hook_in_between():
    def register(app, common):
        register_twice(app, common, ["v2"])
        common.after_request(warn)
        register_twice(app, common, ["v1"])

    return with_header(register), CLAIMED


def prefix_condition():
    def register(app, common):
        common.after_request(lambda response: warn(response) if common.url_prefix == "/v1" else response)
        register_twice(app, common)

    return with_header(register), CLAIMED


def nested_name_condition():
    def register(app, common):
        common.after_request(lambda response: warn(response) if request.blueprint == "v1" else response)
        nest(app, common)

    return with_header(register), CLAIMED


def app_hook():
    def register(app, common):
        common.after_app_request(warn)
        register_twice(app, common)

    return with_header(register), CLAIMED
